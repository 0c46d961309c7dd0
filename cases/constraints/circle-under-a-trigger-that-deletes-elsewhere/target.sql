grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};

create function act() returns trigger language plpgsql as $$ begin delete from public.tally where id = old.id; return null; end $$;
create trigger act after delete on a for each row execute procedure act();
