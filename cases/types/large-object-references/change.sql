update t set l = 16401 where id = 2;
