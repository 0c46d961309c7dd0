update t set k = 'KEY 1' where k = 'key 1'; update t set v = 'w' where k = 'key 2'; delete from t where k = 'KEY 3';
