update t set region = 'r9' where id = 1; update t set v = 'w' where id = 2;
