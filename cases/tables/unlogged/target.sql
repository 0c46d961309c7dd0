create table a (id int primary key, v text); create unlogged table b (id int primary key, v text); create unlogged table c (id int primary key);
