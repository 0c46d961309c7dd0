delete from parent where id = 1; insert into child values (3, 100);
delete from keyless where id = 1; insert into refers values (3, 78);
