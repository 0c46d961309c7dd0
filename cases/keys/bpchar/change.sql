update t set v = 'new' where k = 'a'; delete from t where k = 'b'; update c set b = 'y' where v = '1'; update c set v = '5' where b = '';
