begin;
update booking set during = '[100,101)' where id = 1;
update booking set during = '[1,5)', updated_at = now() where id = 2;
update booking set during = '[5,9)', updated_at = now() where id = 1;
commit;
