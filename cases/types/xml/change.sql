update plain set v = '<c/>' where id = 1;
update stamped set v = '<c/>', updated_at = now() where id = 1;
delete from plain where id = 2;
delete from stamped where id = 2;
insert into plain values (6, null);
insert into stamped values (6, '<a x="1">&amp;<![CDATA[<b>]]></a>', now());
