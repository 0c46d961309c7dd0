create schema other;
create table t (id int primary key);
create view totals as select count(*) from t;
create view other.t as select * from public.t;
create view elsewhere as select * from t;
