update plain set v = 'new:1' where id = 1;
update stamped set v = 'new:1', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, '''it''''s'':1A,2B,16383C \\:3 ''a b'':4', now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
