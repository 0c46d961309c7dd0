update t set c = 't' where id = 3; delete from t where id = 2;
