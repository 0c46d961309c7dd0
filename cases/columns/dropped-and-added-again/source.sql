insert into item (id, level) select i, i from generate_series(1, 20) i;
