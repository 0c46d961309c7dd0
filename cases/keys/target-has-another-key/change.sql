update t set id = 100 where id = 1; update t set code = 'new' where id = 2; update t set v = 'w' where id = 3; delete from t where id = 4; insert into t values (4, 'c5000', 'x');
