begin;
update a set b = null where id = 3;
delete from b where id = 3;
delete from a where id = 3;
commit;
