create function add() returns trigger language plpgsql as $$ begin insert into public.item values (new.id + 100, old.v); return null; end $$;
create trigger adds after update on item for each row execute procedure add();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
