insert into booking select i, int4range(i * 10, i * 10 + 5) from generate_series(1, 8) i;
