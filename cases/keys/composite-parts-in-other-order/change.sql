update t set v = 'w' where a = 3; update t set b = 0 where a = 4; delete from t where a = 5;
