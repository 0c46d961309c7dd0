delete from item where id in (1, 2);
update item set code = null, updated_at = now() where id = 3;
update item set kind = null, code = null, updated_at = now() where id = 4;
update item set updated_at = now() where id = 22;
