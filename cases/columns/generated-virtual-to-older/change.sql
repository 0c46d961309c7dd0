update stored set a = 100 where id = 1; delete from stored where id = 2; update plain set a = 100 where id < 3;
