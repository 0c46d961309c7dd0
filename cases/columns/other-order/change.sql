update t set v = 'w', updated_at = now() where id = 1; update n set a = 'x' where a = 'a';
