insert into t (region, v) select chr(97 + i % 3), 'v' from generate_series(1, 12) i;
