update g set n = 5, updated_at = now() where id = 1;
