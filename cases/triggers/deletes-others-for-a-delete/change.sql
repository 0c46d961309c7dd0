delete from item where id = 5;
