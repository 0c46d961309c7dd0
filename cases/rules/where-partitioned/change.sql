update t set region = 'b' where id = 2; update t set region = 'c' where id = 1; update t set region = 'c' where id = 4;
