create extension postgres_fdw;
create server other foreign data wrapper postgres_fdw;
create table t (id int primary key);
create foreign table f (id int) server other;
