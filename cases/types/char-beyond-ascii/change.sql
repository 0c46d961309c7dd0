update t set v = '\304' where id = 1; delete from t where id = 2; update keyed set n = 4 where k = '\303'; insert into keyed values ('\200', 5);
