create table t (id int primary key, v text); create table by_number (v text); create table keyed_by_number (v text);
