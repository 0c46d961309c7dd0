update t set v = 'w' where id = 1; insert into t values (21, 'n'); delete from t where id = 2;
