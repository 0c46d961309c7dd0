begin;
update t set v = 'z' where id in (1, 3);
update t set v = null, updated_at = now() where id = 2;
update t set v = null, updated_at = now() where id = 4;
update t set v = 'a', updated_at = now() where id = 1;
update t set v = 'b', updated_at = now() where id = 3;
commit;
