set lc_monetary = 'ja_JP.UTF-8';
update t set v = '1235' where id = 1;
insert into none values ('8');
