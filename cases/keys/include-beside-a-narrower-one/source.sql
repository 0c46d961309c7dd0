insert into t select i % 5, i, 'v' from generate_series(1, 20) i;
