insert into child values (9, 1, now());
update other set v = 'w' where id = 1;
delete from other where id = 2;
