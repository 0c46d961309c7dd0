create table t (k text primary key, v varchar(10));
insert into t select i::text, repeat('x', i) from generate_series(0, 10) i;
