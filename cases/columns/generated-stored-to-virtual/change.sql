update t set a = 100 where id = 1; delete from t where id = 2;
