update plain set v = '{"a": 1.00, "": null, "\\\"": "\\u0001"}' where id = 1;
update stamped set v = '{"a": 1.00, "": null, "\\\"": "\\u0001"}', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (6, null);
insert into stamped values (6, '{"a": 1.0, "": null, "\\\"": "\\u0001"}', now());
