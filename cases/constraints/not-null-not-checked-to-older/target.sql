create table t (id int primary key, a int not null); create table kept (id int primary key, a int not null);
