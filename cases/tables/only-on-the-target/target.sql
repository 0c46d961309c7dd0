create table t (id int primary key); create table mine (id int); insert into mine values (1);
