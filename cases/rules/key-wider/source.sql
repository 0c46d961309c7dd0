insert into t select i, 'r' || i % 3, 'v' from generate_series(1, 20) i;
