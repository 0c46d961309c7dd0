grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};

create function act() returns trigger language plpgsql as $$ begin new.v := upper(new.v); return new; end $$;
create trigger act before update on b for each row execute procedure act();
