update booking set since = 30, until = 35 where id = 1;
update booking set since = 1, updated_at = now() where id = 2;
