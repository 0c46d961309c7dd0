create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.4); return new; end $$;
create trigger slow before insert on t for each row execute function slow();
alter table t enable always trigger slow;
