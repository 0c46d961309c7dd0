update t set v = 'w' where id = 15; delete from t where id = 16;
