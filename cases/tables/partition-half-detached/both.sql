create table t (id int primary key, v text) partition by range (id);
create table low partition of t for values from (0) to (10);
create table high partition of t for values from (10) to (20);
