insert into line values ('twice', 1.0, null), ('added', 2, null);
delete from line where n = 9;
update line set doc = '{"a":1}' where n = 10;
