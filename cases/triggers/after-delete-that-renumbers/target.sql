create function close_item() returns trigger language plpgsql as $$ begin update public.item set pos = pos - 1 where pos > old.pos; return null; end $$;
create function close_compared() returns trigger language plpgsql as $$ begin update public.compared set pos = pos - 1 where pos > old.pos; return null; end $$;
create trigger closed after delete on item for each row execute procedure close_item();
create trigger closed after delete on compared for each row execute procedure close_compared();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
