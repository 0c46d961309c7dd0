delete from child where id = 2;
insert into parent values (2, '[2030-01-01,)');
insert into child values (4, 2, '[2031-01-01,2032-01-01)');
