insert into t select i, i, 'v' from generate_series(1, 20) i; insert into two select i % 4, i, 'v' || i from generate_series(1, 20) i;
