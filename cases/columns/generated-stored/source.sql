insert into t (id, a) select i, i from generate_series(1, 20) i; insert into n (a) values (65), (66), (66);
