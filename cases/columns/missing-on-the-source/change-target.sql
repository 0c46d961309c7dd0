update t set note = 'mine' where id = 1;
