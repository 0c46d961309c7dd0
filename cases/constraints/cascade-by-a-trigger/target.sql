create function forget() returns trigger language plpgsql as $$ begin delete from child where parent = old.id; return null; end $$;
create trigger forget after delete on parent for each row execute procedure forget();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
