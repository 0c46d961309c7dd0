create function count_child() returns trigger language plpgsql as $$ begin update public.parent set children = children + 1 where id = new.parent; return null; end $$;
create constraint trigger counted after insert on child deferrable initially deferred for each row execute procedure count_child();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
