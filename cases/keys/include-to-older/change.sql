update t set v = 'w' where id = 2; delete from t where id = 3;
