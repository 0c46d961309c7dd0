begin;
insert into a values (9, null, 4, now());
insert into b values (9, 9, 4, now());
commit;
begin;
update a set b = null where id = 3;
delete from b where id = 3;
delete from a where id = 3;
commit;
