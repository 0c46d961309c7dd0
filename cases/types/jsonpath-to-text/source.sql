create table t (id int primary key, p jsonpath); insert into t values (1, 'strict $.a[*] ? (@.b > 1)');
