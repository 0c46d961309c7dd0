update t set kind = 'a' where id = 2;
