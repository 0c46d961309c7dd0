delete from child where id = 10;
update child set parent = 1, updated_at = now() where id = 20;
