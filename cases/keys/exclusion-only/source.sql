insert into t select int4range(i * 10, i * 10 + 5), 'v' from generate_series(1, 4) i;
