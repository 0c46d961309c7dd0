insert into t select from generate_series(1, 41);
