create function act() returns trigger language plpgsql as $$ begin if tg_op = 'INSERT' then update public.item set pos = pos + 1 where pos >= new.pos and id <> new.id; else delete from public.item where id in (old.id + 1, old.id + 2) and pg_trigger_depth() = 1; end if; return null; end $$;
create trigger acts after insert or delete on item for each row execute procedure act();
grant usage on schema public to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant create, temporary on database ${database} to ${role};
