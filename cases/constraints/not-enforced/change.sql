delete from parent where id = 1; insert into child values (3, 100);
