insert into t select i, 'a', 'b', 'x' from generate_series(1, 20) i;
