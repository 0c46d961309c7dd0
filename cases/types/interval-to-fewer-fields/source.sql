create table t (id int primary key, v interval);
insert into t values (1, '1 mon 15 days'), (2, null);
