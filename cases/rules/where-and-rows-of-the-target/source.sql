insert into t select i, 'v', 'a' from generate_series(1, 20) i;
