update plain set v = '12:00:00.000001-00:30' where id = 1;
update stamped set v = '12:00:00.000001-00:30', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, '24:00:00-15:59:59', now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
