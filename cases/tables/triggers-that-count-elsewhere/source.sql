insert into parent select i, 1 from generate_series(1, 8) i;
insert into child select i, i from generate_series(1, 8) i;
insert into other select i, 'v' from generate_series(1, 8) i;
