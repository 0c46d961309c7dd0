create table t (id int primary key, v interval year to month);
insert into t values (7, null);
