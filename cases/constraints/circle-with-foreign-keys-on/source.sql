with x as (insert into a select i, i from generate_series(1, 8) i), y as (insert into b select i, i from generate_series(1, 8) i) insert into c select i, i from generate_series(1, 8) i;
