create function add() returns trigger language plpgsql as $$ begin if new.id < 100 then insert into public.item values (new.id + 100, 'added'); end if; return null; end $$;
create trigger adds after insert on item for each row execute procedure add();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
