insert into up select; insert into down select; delete from up where id = 3;
