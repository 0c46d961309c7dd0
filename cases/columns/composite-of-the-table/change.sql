update t set p = row(0, 0, 0) where id = 1; update t set a = null where id = 2;
