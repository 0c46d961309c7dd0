insert into node select i, 'c' || i, case when i < 8 then 'c' || i + 1 end from generate_series(1, 8) i;
