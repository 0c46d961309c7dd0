insert into t select i from generate_series(1, 20) i;
