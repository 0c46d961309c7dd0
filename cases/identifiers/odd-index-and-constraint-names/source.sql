insert into "T" select i, 'a' || i, 'U' || i from generate_series(1, 20) i;
