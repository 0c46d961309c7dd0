update t set a = 100 where id = 1;
