insert into t values (1, 'v'); insert into s.t values (1, 'v');
