create schema app; create table app.t (id int primary key, v text); create table t (id int primary key, v text);
