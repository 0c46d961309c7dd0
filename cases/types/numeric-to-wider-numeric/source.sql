create table t (id int primary key, v numeric(5,2));
insert into t values (1, 1.25), (2, -999.99), (3, 0);
