insert into t select i % 3, i, 'v' || i from generate_series(1, 20) i;
