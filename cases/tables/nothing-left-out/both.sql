create table t (id int not null, k int not null) partition by range (k);
create table t_low partition of t for values from (0) to (10);
create view v as select * from t;
