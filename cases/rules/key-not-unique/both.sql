create table t (id int primary key, a int not null, u int unique); create table one (id int primary key, a int not null);
