update t set v = 'w' where id = 3; delete from t where id = 4;
