alter database ${database} set lc_monetary = 'ja_JP.UTF-8';
set lc_monetary = 'ja_JP.UTF-8';
insert into t values (1, '1234', '{1,-1}'), (2, '-9223372036854775808', null);
insert into none values ('7'), ('7'), (null);
insert into ruled values (1, '1234');
