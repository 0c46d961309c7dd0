create table a (id int primary key, v citext);
create table b (id int primary key, v citext);
create table c (id int primary key, v text);
create table d (id int primary key, v varchar(5));
create table e (v citext primary key);
create table f (v citext primary key);
create table g (id int primary key, v citext[]);
create table h (id int primary key, v word);
