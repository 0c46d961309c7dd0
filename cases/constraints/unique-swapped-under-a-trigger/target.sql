create function clear() returns trigger language plpgsql as $$ begin if new.code is null then delete from public.shelf where code = old.code; end if; return null; end $$;
create trigger clear after update on item for each row execute procedure clear();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
