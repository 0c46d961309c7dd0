delete from booking where id = 1;
update booking set during = '[10,30)', updated_at = now() where id = 2;
