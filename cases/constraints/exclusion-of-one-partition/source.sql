insert into booking select i, r, int4range(10 * i, 10 * i + 10) from generate_series(1, 20) i, generate_series(1, 2) r;
