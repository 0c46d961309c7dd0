create extension btree_gist; create table t (id int, during daterange, v text, primary key (id, during without overlaps));
insert into t select i, daterange('2024-01-01', '2024-02-01'), 'v' from generate_series(1, 5) i;
insert into t select i, daterange('2024-02-01', '2024-03-01'), 'v' from generate_series(1, 5) i;
