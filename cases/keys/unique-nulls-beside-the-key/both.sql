create table t (id int primary key, u int, v text, unique nulls not distinct (u));
