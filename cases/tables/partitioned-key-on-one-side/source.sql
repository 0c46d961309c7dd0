create table t (id int primary key, region text not null, v text); insert into t select i, (array['a', 'b'])[i % 2 + 1], 'v' from generate_series(1, 20) i;
