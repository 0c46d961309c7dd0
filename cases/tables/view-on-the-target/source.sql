create table t (id int primary key); create table m (id int); create table f (id int); create table p (id int); create table e (id int); insert into t values (1);
