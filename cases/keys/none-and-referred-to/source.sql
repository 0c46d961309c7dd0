insert into parent values (1, 'one'), (2, 'two');
insert into child values (0, null);
