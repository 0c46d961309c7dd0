create table t (id int primary key, u int, constraint u_once unique nulls not distinct (u));
create table kept (id int primary key, u int, unique nulls not distinct (u));
