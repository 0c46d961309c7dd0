create table t (id int primary key, u int unique, kind text);
