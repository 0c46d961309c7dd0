update t set id = 100, updated_at = now() where id = 1; delete from t where id = 2;
