update older set p = 'strict $' where id = 1;
