insert into parent values (1), (2), (3), (4), (5); insert into child values (1, 1), (2, 99);
