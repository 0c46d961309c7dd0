update app.t set n = '1.00' where id = 1;
delete from app.keyed where id = '1.0';
update app.keyed set v = 'changed' where id = '1.00';
