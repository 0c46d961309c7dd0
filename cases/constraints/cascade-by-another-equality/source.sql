insert into parent select 'p' || i from generate_series(1, 8) i;
insert into child select i, 'P' || i from generate_series(1, 8) i;
