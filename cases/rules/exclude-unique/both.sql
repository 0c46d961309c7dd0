create table t (id int primary key, v text, u int unique);
