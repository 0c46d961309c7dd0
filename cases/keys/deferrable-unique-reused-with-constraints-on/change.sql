update t set u = 100 where id = 1;
update t set u = 1, updated_at = now() where id = 2;
