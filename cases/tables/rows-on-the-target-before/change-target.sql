delete from t where id = 7; update t set v = 'mine' where id = 8; insert into t values (50, 'x'); insert into n values (9);
