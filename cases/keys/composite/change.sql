update t set v = 'new' where c = '2024-01-03'; update t set b = 'moved' where c = '2024-01-04'; delete from t where c = '2024-01-05';
