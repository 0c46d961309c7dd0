insert into a select i, null from generate_series(1, 8) i;
insert into b select i, i from generate_series(1, 8) i;
