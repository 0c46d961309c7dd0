create table t (id int primary key);
create temp table passing (id int); insert into passing values (1);
create temp table t (id int); insert into pg_temp.t values (7);
