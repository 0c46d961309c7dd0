create table t (k text primary key, v text); insert into t select chr(i), 'v' from generate_series(33, 600) i;
