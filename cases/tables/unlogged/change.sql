update a set v = 'w' where id = 1; update b set v = 'w' where id = 2; delete from c where id = 3;
