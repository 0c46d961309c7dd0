set lc_monetary = 'de_DE.UTF-8';
update t set v = '1.234,57' where id = 1;
update t set a = array['0,02']::money[] where id = 3;
delete from keyed where n = 2;
insert into none values ('-5');
