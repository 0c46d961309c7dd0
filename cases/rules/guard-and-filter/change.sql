delete from t where id in (1, 2);
