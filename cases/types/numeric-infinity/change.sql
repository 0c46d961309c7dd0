update plain set v = 1.100 where id = 1;
update stamped set v = 1.100, updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (6, null);
insert into stamped values (6, 'Infinity', now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
