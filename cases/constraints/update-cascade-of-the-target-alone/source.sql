insert into parent select i, 'c' || i from generate_series(1, 8) i;
insert into child select i, 'c' || i from generate_series(1, 8) i;
