update t set v = 'd' where a = 1; insert into n values (3, 'c');
