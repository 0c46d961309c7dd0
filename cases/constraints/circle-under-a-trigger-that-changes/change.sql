begin;
update a set v = 'w', updated_at = now() where id in (1, 2);
update b set v = 'w', updated_at = now() where id in (1, 2);
commit;
