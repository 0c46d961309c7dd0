delete from t where id = 2;
