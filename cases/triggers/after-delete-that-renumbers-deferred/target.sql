create function close_item() returns trigger language plpgsql as $$ begin update public.item set pos = pos - 1 where pos > old.pos; return null; end $$;
create function close_compared() returns trigger language plpgsql as $$ begin update public.compared set pos = pos - 1 where pos > old.pos; return null; end $$;
create constraint trigger closed after delete on item deferrable initially deferred for each row execute procedure close_item();
create constraint trigger closed after delete on compared deferrable initially deferred for each row execute procedure close_compared();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
