create table t (id int primary key, a abstime, r reltime); insert into t values (1, '2024-01-02 03:04:05+00', '1 day');
