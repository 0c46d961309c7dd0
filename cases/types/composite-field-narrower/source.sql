create type price as (n numeric(10,4));
create table t (id int primary key, p price, list price[]);
insert into t values (1, '(1.2345)', '{(9.8765)}');
