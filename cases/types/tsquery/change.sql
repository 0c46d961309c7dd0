update plain set v = 'new' where id = 1;
update stamped set v = 'new', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, '''it''''s'':*AB & !b | (c <-> d) <3> e', now());
