create function take() returns trigger language plpgsql as $$ begin delete from public.item where id = old.id - 1 and pg_trigger_depth() = 1; return null; end $$;
create trigger taken after delete on item for each row execute procedure take();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
