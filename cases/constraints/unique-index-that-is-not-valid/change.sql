delete from item where id = 1;
update item set code = 'c1', updated_at = now() where id = 2;
