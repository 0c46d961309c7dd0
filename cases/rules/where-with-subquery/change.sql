update t set v = 'w' where id in (1, 2);
