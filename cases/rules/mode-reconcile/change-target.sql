update t set v = 'mine' where id = 4;
