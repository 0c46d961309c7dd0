insert into t values (3, 1, now()), (12, 9, now());
update t set parent = 1, updated_at = now() where id = 2;
