update t set v = 'w' where id in (1, 2, 3, 4); delete from t where id = 6; insert into t values (30, 'n', null);
