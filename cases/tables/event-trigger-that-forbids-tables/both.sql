create table t (id int primary key, v text); create table n (v text);
