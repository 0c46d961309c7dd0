insert into t select 'Key ' || i, 'v' from generate_series(1, 20) i;
