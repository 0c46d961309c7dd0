insert into a select i, null, 'v' from generate_series(1, 8) i;
insert into b select i, i, 'v' from generate_series(1, 8) i;
update a set b = id;
