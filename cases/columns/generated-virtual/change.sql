update t set a = 100 where id = 1; delete from t where id = 2; update u set a = 5 where id = 3; update one set a = 2; update two set a = 3;
