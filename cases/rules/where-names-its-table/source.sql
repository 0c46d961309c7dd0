insert into t select i, 'a' from generate_series(1, 20) i;
