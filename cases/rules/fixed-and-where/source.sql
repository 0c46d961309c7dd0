insert into t values (1, 'x'); insert into u values (1, 'x'), (2, 'x'), (3, 'x');
