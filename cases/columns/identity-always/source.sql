insert into t (v) select 'v' from generate_series(1, 20); insert into c (a, v) select i % 3, 'v' from generate_series(1, 20) i; insert into d (v) select 'v' from generate_series(1, 20);
