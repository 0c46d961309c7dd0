create table t (id int primary key, n int, constraint positive check (n > 0) not enforced);
create table kept (id int primary key, n int, constraint positive check (n > 0) not enforced);
insert into t values (1, 1), (2, -2); insert into kept values (1, 1);
