update t set v = 'w', updated_at = now() where id in (1, 2); delete from t where id in (4, 5);
