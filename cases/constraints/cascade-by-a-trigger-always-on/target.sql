create function forget() returns trigger language plpgsql as $$ begin delete from child where parent = old.id; return null; end $$;
create trigger forget after delete on parent for each row execute procedure forget();
alter table parent enable always trigger forget;
