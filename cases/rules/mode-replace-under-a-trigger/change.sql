update t set v = 'w' where id = 1;
