update hashed set v = 'w' where id = 3; delete from hashed where id = 4;
insert into hashed values (21, 'new');
