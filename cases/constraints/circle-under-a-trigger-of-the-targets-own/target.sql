create table seen (id int, what text);

grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};

create function act() returns trigger language plpgsql as $$ begin perform count(*) from seen; return null; end $$;
create trigger act after insert or update or delete on b for each row execute procedure act();
