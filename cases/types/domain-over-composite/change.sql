update t set p = '(3,"")' where id = 2; delete from t where id = 1;
