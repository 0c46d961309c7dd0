create function take() returns trigger language plpgsql as $$ begin delete from public.item where id in (2, new.id - 1); return null; end $$;
create trigger taken after update on item for each row execute procedure take();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
