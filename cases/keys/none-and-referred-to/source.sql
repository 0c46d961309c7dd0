insert into parent values (1, 'one'), (2, 'two');
