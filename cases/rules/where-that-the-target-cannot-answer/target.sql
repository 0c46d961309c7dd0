create table t (id int primary key, v text); create table typo (id int primary key); create table nothing (id int primary key); create table fine (id int primary key);
