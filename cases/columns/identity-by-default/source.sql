insert into t (v) select 'v' from generate_series(1, 20);
