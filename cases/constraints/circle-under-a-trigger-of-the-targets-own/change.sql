begin;
update a set v = 'w', updated_at = now() where id in (1, 2);
update b set v = 'w', updated_at = now() where id in (1, 2);
commit;

begin;
update a set b = null where id = 3;
delete from b where id = 3;
delete from a where id = 3;
commit;
