alter database ${database} set lc_monetary = 'ja_JP.UTF-8';
set lc_monetary = 'ja_JP.UTF-8';
insert into t values (1, '1234');
insert into inside values (1, '{1234}');
insert into left_out values (1, 1, '1234');
insert into without values (1, 1);
insert into filtered values (1, '1234');
