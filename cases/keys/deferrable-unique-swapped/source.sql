insert into t select i, i, 'v' from generate_series(1, 12) i;
