create table chosen (id int primary key); create table t (id int primary key, v text);
