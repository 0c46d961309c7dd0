create extension ltree; create table t (id int primary key, v ltree); create table plain (id int primary key, v ltree);
