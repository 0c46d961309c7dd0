create table t (id int primary key, v interval year to month);
insert into t values (1, '1 year'), (2, '1 mon'), (3, '0');
