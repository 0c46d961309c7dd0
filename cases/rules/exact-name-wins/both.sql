create schema s; create table t (id int primary key, v text); create table s.t (id int primary key, v text);
