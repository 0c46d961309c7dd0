update t set v = 'w', changed = now() where id = 1; update t set v = 'w', updated_at = now() where id = 2; delete from t where id = 3; insert into t values (50, 'old', 'a');
