insert into boss select i, 'b' || i, null from generate_series(1, 9) i;
insert into team select i, i from generate_series(1, 9) i;
update boss set team = id;
