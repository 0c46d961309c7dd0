create function act() returns trigger language plpgsql as $$ begin execute format('update public.%I set pos = pos + 1 where id in (5, 6)', tg_table_name); return null; end $$;
create trigger acts after insert on item for each row execute procedure act();
create trigger acts after update on parked for each row when (old.code is distinct from new.code) execute procedure act();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
