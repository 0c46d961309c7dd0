begin; truncate t; insert into t select i, case when i = 7 then 'w' else 'v' end, '2020-01-01Z' from generate_series(1, 20) i; commit;
