insert into parent select 1, generate_series(1, 8);
insert into child select i, 1, i from generate_series(1, 8) i;
