insert into checked select i, 'v' || i from generate_series(1, 20) i;
insert into indexed select i, 'v' || i from generate_series(1, 20) i;
insert into domained select i, 'v' || i from generate_series(1, 20) i;
insert into computed select i, 'v' || i from generate_series(1, 20) i;
