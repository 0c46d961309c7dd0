create function close_item() returns trigger language plpgsql as $$ begin update public.item set pos = pos - 1 where pos > old.pos; return null; end $$;
create function close_compared() returns trigger language plpgsql as $$ begin update public.compared set pos = pos - 1 where pos > old.pos; return null; end $$;
create trigger closed after delete on item for each row execute procedure close_item();
create trigger closed after delete on compared for each row execute procedure close_compared();
alter table item enable always trigger closed;
alter table compared enable replica trigger closed;
