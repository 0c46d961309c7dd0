create table t (id int primary key, v varbit(3));
insert into t values (1, B'101'), (2, B''), (3, B'1');
