update t set k = 'Ä' where v = 1; update t set v = 22 where v = 2; delete from t where v = 4;
