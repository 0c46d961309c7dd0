update parent set code = 'n3', updated_at = now() where id = 3;
update node set code = 'n3', updated_at = now() where id = 3;
