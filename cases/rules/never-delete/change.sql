update t set v = 'w', updated_at = now() where id = 1; delete from t where id = 3; insert into n values (2);
