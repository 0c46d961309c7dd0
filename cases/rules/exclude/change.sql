update t set v = 'w', secret = 'x', updated_at = now() where id = 1; update t set secret = 'y', n = 0 where id = 2; update t set secret = 'y' where id = 3; delete from t where id = 4;
