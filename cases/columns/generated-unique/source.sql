insert into u (a, id) select i, i from generate_series(1, 20) i; insert into p (a, id) select i, i from generate_series(1, 20) i;
