update item set code = 'x' where id = 1;
update item set code = 'a' where id = 3;
update item set code = 'c' where id = 1;
