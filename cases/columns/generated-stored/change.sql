update t set a = 100, updated_at = now() where id = 1; delete from t where id = 2; insert into n (a) values (67);
