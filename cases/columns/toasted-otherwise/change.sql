update t set b = b || 'y' where id = 1; update t set id = 100 where id = 2;
