update plain set v = 1.00 where id = 1;
update stamped set v = 1.00, updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (7, null);
insert into stamped values (7, ('1' || repeat('0', 131071))::numeric, now());
