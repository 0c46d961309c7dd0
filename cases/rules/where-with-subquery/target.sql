insert into chosen select i * 2 from generate_series(1, 10) i;
