update t set region = 'moved' where id = 1; update t set v = 'w' where id = 2; delete from t where id = 3;
