insert into t select i, case when i <= 4 then 'a' else 'b' end from generate_series(1, 100) i;
