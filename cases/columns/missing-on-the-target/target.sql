create table t (id int primary key, v text, new_column int);
