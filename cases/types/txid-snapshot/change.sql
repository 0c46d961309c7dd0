update t set v = '3:4:3' where id = 1; delete from t where id = 2;
