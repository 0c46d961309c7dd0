update t set v = 'w' where id = 3; insert into t values (21, 'n'); insert into n values (2);
