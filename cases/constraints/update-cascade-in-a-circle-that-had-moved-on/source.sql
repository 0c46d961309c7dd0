insert into boss select i, 'b' || i, null from generate_series(1, 5) i;
insert into team select i, 't' || i, 'b' || i from generate_series(1, 5) i;
update boss set team = 't' || id;
