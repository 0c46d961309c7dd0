delete from child where id = 1;
delete from parent where id = 1;
insert into parent values (3, 'a');
