create schema other; create function other.double(n int) returns int language sql immutable as 'select n * 2';
create table t (
    id int primary key, "a b" text, d date, n int,
    trimmed text generated always as (trim("a b")) stored,
    part text generated always as (substring("a b" from 1 for 2)) stored,
    placed text generated always as (overlay("a b" placing 'x' from 2 for 1)) stored,
    found int generated always as (position('b' in "a b")) stored,
    zoned timestamp generated always as ('2024-01-01 00:00+00'::timestamptz at time zone 'UTC') stored,
    twice bigint generated always as (other.double(n)) stored,
    named text generated always as (case when n in (1, 2) then 'few' when d is null then coalesce("a b", 'none') end) stored
);
