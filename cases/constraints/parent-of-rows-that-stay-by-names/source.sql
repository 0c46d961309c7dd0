insert into short select 'n' || i from generate_series(1, 8) i;
insert into long select 'n' || i from generate_series(1, 8) i;
insert into to_short select i, 'n' || i from generate_series(1, 8) i where i <> 3;
insert into to_long select i, 'n' || i from generate_series(1, 8) i where i <> 3;
