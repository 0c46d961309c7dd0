update t set v = 'w' where id = 1; delete from t where id = 2; insert into n values ('b');
