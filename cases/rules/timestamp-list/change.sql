update a set v = 'w', modified = now() where id = 1; update a set v = 'w', updated_at = now() where id = 2; update b set v = 'w', updated_at = now() where id = 1;
