update plain set v = '1 mon' where id = 1;
update stamped set v = '1 mon', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (8, null);
insert into stamped values (8, '178000000 years', now());
