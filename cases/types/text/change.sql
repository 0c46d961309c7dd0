update plain set v = E'\n' where id = 1;
update stamped set v = E'\n', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (10, null);
insert into stamped values (10, '', now());
