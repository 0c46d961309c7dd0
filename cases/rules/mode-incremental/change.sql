update t set v = 'w' where id = 2; delete from t where id = 3; update t set v = 'w', updated_at = now() where id = 4;
