insert into parent values (9999, 'n9999', 'K9999', 9999, 'b', null);
insert into child values (9999, 9999, '2025-01-02');
delete from child where id = 9000;
update grandchild set child = 9 where id = 2;
