update item set v = 'w', updated_at = now() where id = 5;
