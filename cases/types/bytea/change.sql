update plain set v = '\x5c2e0a' where id = 1;
update stamped set v = '\x5c2e0a', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (6, null);
insert into stamped values (6, decode(string_agg_bytes(), 'hex'), now());
