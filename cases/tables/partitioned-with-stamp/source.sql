insert into t select i, 'a', 'v' from generate_series(1, 20) i; insert into t select i, 'b', 'v' from generate_series(21, 40) i;
