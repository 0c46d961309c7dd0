create table t (id int primary key, u int constraint u_once unique); insert into t values (1, null), (2, null), (3, 3);
create table kept (id int primary key, u int unique); insert into kept values (1, null), (2, 2);
