create extension lo;
create table t (id int primary key, o oid, l lo);
