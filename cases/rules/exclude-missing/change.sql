update t set v = 'w' where id = 1; update t set old = 'x' where id = 2;
