create table t (id int primary key, v text, old text); insert into t select i, 'v', 'o' from generate_series(1, 20) i;
