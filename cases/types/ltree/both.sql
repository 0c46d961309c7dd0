create extension ltree;
create table t (id int primary key, v ltree, q lquery, x ltxtquery, list ltree[]);
create table keyed (k ltree primary key, v int);
