insert into child values (9, 1, now());
update parent set children = 7, updated_at = now() where id = 2;
