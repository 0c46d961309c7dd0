update t set v = 'w' where id = 5; delete from t where id = 6;
