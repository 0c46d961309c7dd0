update t set v = 'w' where c2 = 7; update t set c32 = 0 where c2 = 8; delete from t where c2 = 9;
