create function act() returns trigger language plpgsql as $$ begin update public.tally set n = n + 1; return null; end $$;
create trigger act after insert on t for each row execute procedure act();
alter table t enable always trigger act;
