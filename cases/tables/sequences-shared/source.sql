insert into a select from generate_series(1, 20); insert into b select from generate_series(1, 20);
