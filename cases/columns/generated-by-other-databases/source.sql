insert into folded (id, v) values (1, 'Ä'); insert into sorted (id, v) values (1, 'B'), (2, 'a');
