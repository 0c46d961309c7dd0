insert into item select i, m, 'c' || i from generate_series(1, 20) i, generate_series(1, 3) m;
