update t set v = 'w' where id in (1, 2); delete from t where id = 3;
