update picky set n = 99, updated_at = now() where id = 1;
delete from picky where id = 2;
