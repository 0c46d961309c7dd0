create function take() returns trigger language plpgsql as $$ begin delete from public.item where id = 4 and old.id = 5; return null; end $$;
create constraint trigger taken after delete on item deferrable initially deferred for each row execute procedure take();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
