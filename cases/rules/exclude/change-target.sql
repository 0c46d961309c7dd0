update t set secret = 'mine' where id = 1;
