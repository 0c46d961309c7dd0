insert into t select i, timestamp '2024-01-20' + i * interval '1 day' from generate_series(1, 20) i;
