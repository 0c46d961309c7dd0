create table t (id int primary key, a int, more int generated always as (a * 2) virtual, updated_at timestamptz not null default '2025-01-01');
insert into t (id, a) select i, i from generate_series(1, 20) i;
