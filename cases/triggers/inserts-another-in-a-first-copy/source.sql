insert into item select i, 'v' from generate_series(1, 8) i;
