grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};

create function act() returns trigger language plpgsql as $$ begin update public.tally set n = n + 1; return null; end $$;
create trigger act after update on a for each row execute procedure act();
