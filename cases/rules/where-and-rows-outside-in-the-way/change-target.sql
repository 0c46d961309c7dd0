update t set kind = 'b' where id = 1;
