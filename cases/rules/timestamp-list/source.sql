insert into a select i, 'v', '2024-01-01', '2024-01-01' from generate_series(1, 20) i; insert into b select i, 'v', '2024-01-01' from generate_series(1, 20) i;
