insert into t select i, 'b' from generate_series(1000, 2000) i;
