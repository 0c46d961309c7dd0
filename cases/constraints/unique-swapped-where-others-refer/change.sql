update parent set code = null, number = null where id in (1, 2);
update parent set code = 'b', number = 20 where id = 1;
update parent set code = 'a', number = 10 where id = 2;
delete from owned where id = 3;
delete from loose where id = 3;
delete from parent where id = 4;
update parent set code = 'd', number = 40 where id = 5;
