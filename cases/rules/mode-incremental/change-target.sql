delete from t where id = 5;
