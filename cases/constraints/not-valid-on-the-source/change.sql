insert into child values (3, 78, now());
update child set parent = 1, updated_at = now() where id = 2;
