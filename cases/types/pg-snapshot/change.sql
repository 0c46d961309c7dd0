update plain set v = '3:4:3' where id = 1;
update stamped set v = '3:4:3', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, '10:20:10,14,15', now());
