insert into t select i, i from generate_series(1, 8) i;
