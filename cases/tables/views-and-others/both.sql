create extension hstore; create extension postgres_fdw; create server other foreign data wrapper postgres_fdw; create table t (id int primary key);
create view v as select * from t; create materialized view m as select * from t; create foreign table f (id int) server other; create table member (id int); alter extension hstore add table member; create view v2 as select 1 as id; create sequence s;
