update t set v = 'other' where id = 4; insert into t values (22, 'extra'); insert into n values (3);
