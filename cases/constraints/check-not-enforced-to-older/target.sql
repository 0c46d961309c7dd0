create table t (id int primary key, n int, constraint positive check (n > 0));
create table kept (id int primary key, n int, constraint positive check (n > 0));
