update tenant set active = true, updated_at = now() where id = 2;
