create table t (id int primary key, a int, b int, c int, v text); alter table t drop column a, drop column b, drop column c;
