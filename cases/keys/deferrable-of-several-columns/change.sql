begin; update t set b = 3 - b where b in (1, 2) and a in (1, 2); commit; update t set v = 'new' where b = 7; delete from t where b = 9;
