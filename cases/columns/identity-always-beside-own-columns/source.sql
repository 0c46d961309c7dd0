insert into t (id, n, v) overriding system value select i, i, 'v' from generate_series(1, 5) i;
