update plain set v = '5 years' where id = 1;
update stamped set v = '5 years', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, '1 year 2 mons', now());
