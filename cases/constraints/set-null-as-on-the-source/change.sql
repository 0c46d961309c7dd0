delete from node where id = 5;
delete from parent where id = 3;
