update t set b = 7 where id = 2; update t set d = '{y,NULL}' where id = 1;
