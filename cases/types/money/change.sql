update plain set v = 1.5::numeric::money where id = 1;
update stamped set v = 1.5::numeric::money, updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (5, null);
insert into stamped values (5, '-92233720368547758.08'::money, now());
delete from keyed where n = 3;
update keyed set n = -1 where n = 4;
