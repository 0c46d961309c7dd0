create table t (id int, region text, day date, v text, primary key (id, region, day)) partition by list (region); create table t_a partition of t for values in ('a'); create table t_bc partition of t for values in ('b', 'c'); create table t_rest partition of t default;
insert into t select i, (array['a', 'b', 'c', 'd'])[i % 4 + 1], date '2024-01-01' + i * 10, 'v' from generate_series(1, 40) i;
