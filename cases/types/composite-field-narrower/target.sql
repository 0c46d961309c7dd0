create type price as (n numeric(10,2));
create table t (id int primary key, p price, list price[]);
