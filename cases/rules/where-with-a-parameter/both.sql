create table t (id int primary key, kind text); create table second (id int primary key, kind text); create table text (id int primary key, kind text);
