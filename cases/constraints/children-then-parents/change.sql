delete from child where id = 3;
delete from parent where id = 3;
insert into parent values (20);
insert into child (id, parent) values (20, 20);
