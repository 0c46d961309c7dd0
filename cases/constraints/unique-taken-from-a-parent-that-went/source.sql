insert into parent values (1, 'a'), (2, 'b');
insert into child values (1, 1), (2, 2);
