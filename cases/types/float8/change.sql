update plain set v = 0.30000000000000004 where id = 1;
update stamped set v = 0.30000000000000004, updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (10, null);
insert into stamped values (10, 'NaN', now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
