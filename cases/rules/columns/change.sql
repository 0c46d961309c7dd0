update t set a = 'w' where id = 1; update t set b = 'w', c = 'w' where id = 2; delete from t where id = 3;
