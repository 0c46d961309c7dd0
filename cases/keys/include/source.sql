insert into t select i, 'v' || i, i from generate_series(1, 20) i; insert into u select i, i, 'v' from generate_series(1, 20) i;
