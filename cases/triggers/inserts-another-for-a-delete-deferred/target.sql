create function leave() returns trigger language plpgsql as $$ begin insert into public.item values (old.id + 100, old.v); return null; end $$;
create constraint trigger leaves after delete on item deferrable initially deferred for each row execute procedure leave();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
