create type pair as (b int, a int);
create table t (id int primary key, p pair);
