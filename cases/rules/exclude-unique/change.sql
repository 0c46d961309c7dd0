update t set v = 'w' where id = 1; update t set u = 100 - u;
