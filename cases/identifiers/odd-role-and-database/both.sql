create table t (id int primary key); create table "no""access" (id int primary key);
