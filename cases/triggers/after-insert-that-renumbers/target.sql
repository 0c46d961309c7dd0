create function open_item() returns trigger language plpgsql as $$ begin update public.item set pos = pos + 1 where pos >= new.pos and id <> new.id; return null; end $$;
create function open_compared() returns trigger language plpgsql as $$ begin update public.compared set pos = pos + 1 where pos >= new.pos and id <> new.id; return null; end $$;
create trigger opened after insert on item for each row execute procedure open_item();
create constraint trigger opened after insert on compared deferrable initially deferred for each row execute procedure open_compared();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
