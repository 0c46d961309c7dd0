update plain set v = '$.a' where id = 1;
update stamped set v = '$.a', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, 'strict $."a b"[*] ? (@.x > 1.50 && exists (@.y)).size()', now());
