begin;
update item set code = 'z' where id = 1;
update item set code = 'a', updated_at = now() where id = 2;
update item set code = 'b', updated_at = now() where id = 1;
commit;
