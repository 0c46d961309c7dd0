delete from parent where id = 3;
