insert into parent values (3);
insert into child values (10, 1), (20, 2), (30, 3);
