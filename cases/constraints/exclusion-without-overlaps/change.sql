update booking set during = '[30,35)' where id = 1;
update booking set during = '[1,9)', updated_at = now() where id = 2;
