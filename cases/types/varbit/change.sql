update plain set v = B'000' where id = 1;
update stamped set v = B'000', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (6, null);
insert into stamped values (6, B'', now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
