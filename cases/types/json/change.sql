update plain set v = '{ "a" : 1 }' where id = 1;
update stamped set v = '{ "a" : 1 }', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (7, null);
insert into stamped values (7, ' { "b" : 1 , "a":[ ] , "b" : 2.00 } ', now());
