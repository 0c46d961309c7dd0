update t set v = v || 'y', updated_at = now() where id = 2;
update t set b = null where id = 3;
update t set updated_at = now() where id = 3;
