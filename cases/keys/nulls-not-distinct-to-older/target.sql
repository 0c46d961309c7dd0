create table t (id int primary key, u int, v text, unique (u)); create table n (a int, v text, unique (a));
