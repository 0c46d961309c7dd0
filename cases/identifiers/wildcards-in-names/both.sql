create table "a*" (id int primary key); create table abc (id int primary key);
create table "x?" (id int primary key); create table xy (id int primary key);
create table "[no]" (id int primary key); create table n (id int primary key);
