update t set k = 'A' where v = 1; update t set v = 20 where k = 'B'; delete from t where k = 'c';
