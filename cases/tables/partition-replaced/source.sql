insert into t select i, 'v', '2020-01-01Z' from generate_series(1, 20) i;
