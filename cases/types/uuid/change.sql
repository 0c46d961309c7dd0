update plain set v = md5('y')::uuid where id = 1;
update stamped set v = md5('y')::uuid, updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, '00000000-0000-0000-0000-000000000000', now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
