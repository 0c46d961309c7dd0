update plain set v = 'b' where id = 1;
