update plain set v = '2024-01-01 00:00:00.000001' where id = 1;
update stamped set v = '2024-01-01 00:00:00.000001', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (7, null);
insert into stamped values (7, 'infinity', now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
