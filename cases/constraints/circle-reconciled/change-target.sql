begin;
update a set v = 'damaged' where id = 5;
update b set v = 'damaged', a = 5 where id = 6;
commit;
