insert into t select i, 'v' from generate_series(1, 3) i; insert into t select i, 'v' from generate_series(11, 13) i;
