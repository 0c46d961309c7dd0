update plain set v = '(0.1,0.20000000000000001)' where id = 1;
update stamped set v = '(0.1,0.20000000000000001)', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (6, null);
insert into stamped values (6, '(1e308,-1e308)', now());
