insert into parent select generate_series(1, 8);
insert into child select i, i from generate_series(1, 8) i;
