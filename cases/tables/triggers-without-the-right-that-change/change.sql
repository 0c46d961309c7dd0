update t set v = 'w', updated_at = now() where id = 1;
