update booking set during = '[30,31)' where id = 1;
update booking set during = '[1,5)', updated_at = now() where id = 2;
