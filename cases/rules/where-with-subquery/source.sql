insert into chosen select i * 2 from generate_series(1, 10) i; insert into t select i, 'v' from generate_series(1, 20) i;
