create function f.loud(t text) returns text language sql immutable as $$ select upper(t) || '?' $$;
create function f.rate() returns int language sql immutable as $$ select 19 $$;
create function f.tax(a int) returns int language sql immutable as $$ select a * f.rate() / 100 $$;
create function f.same(t text) returns text language sql immutable as $$ select btrim(t) $$;
alter table shout add column loud text generated always as (f.loud(name)) stored;
alter table taxed add column tax int generated always as (f.tax(amount)) stored;
alter table fine add column trimmed text generated always as (f.same(name)) stored;
