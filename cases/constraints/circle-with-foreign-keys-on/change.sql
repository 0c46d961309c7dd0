with x as (delete from a where id = 2), y as (delete from b where id = 2) delete from c where id = 2;
with x as (insert into a values (9, 9, now())), y as (insert into b values (9, 9, now())) insert into c values (9, 9, now());
update a set b = 9, updated_at = now() where id = 1;
