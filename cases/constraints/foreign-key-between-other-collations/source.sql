insert into parent values (1, 'A'), (2, 'b'), (3, 'C');
insert into child values (1, 'a'), (2, 'B'), (3, null), (4, 'x');
