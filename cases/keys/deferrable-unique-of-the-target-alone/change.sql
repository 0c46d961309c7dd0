update t set u = 1, updated_at = now() where id = 2;
