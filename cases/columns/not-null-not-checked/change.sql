update t set a = 5 where id = 2;
