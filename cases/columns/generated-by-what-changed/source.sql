insert into t (id, d) values (1, '2024-01-01'); insert into left_out (id, d) values (1, '2024-01-01');
