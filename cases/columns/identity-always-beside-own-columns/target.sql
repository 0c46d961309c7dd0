alter table t add own text not null default 'none', add row_number int generated always as identity, add twice text generated always as (v || v) stored;
insert into t (id, n, v, own) overriding system value select i, 10 * i, 'v', 'kept ' || i from generate_series(1, 3) i;
