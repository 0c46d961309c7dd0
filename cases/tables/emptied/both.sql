create table t (id int primary key); create table n (a int);
