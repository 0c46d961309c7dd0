update t set v = '[B,b)' where id = 1;
