insert into t values (1, 'v'); insert into n values ('v', now());
