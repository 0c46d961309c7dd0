insert into t (id, v, secret, n) select i, 'v', 'secret', i from generate_series(1, 20) i;
