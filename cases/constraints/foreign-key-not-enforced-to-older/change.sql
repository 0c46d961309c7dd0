insert into child values (3, 78), (4, 1);
insert into parent values (2);
