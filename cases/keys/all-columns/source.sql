insert into t select i, 'b' from generate_series(1, 20) i; insert into stamped select i, '2024-01-01' from generate_series(1, 20) i;
