insert into u select i, i from generate_series(1, 4) i;
