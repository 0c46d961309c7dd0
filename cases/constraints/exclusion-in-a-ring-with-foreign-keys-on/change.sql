begin;
update booking set during = null where id < 4;
update booking set during = '[5,9)', updated_at = now() + interval '1 s' where id = 1;
update booking set during = '[9,12)', updated_at = now() + interval '2 s' where id = 2;
update booking set during = '[1,5)', updated_at = now() + interval '3 s' where id = 3;
commit;
