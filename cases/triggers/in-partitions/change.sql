insert into item values (9, 1, 4, now());
delete from item where id in (2, 5);
