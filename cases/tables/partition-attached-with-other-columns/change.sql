update t set v = 'w' where id in (1, 11); delete from t where id = 2;
