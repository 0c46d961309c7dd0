delete from booking where id = 1;
update booking set during = '[1,7)', updated_at = now() where id = 2;
