create table U&"user\200B" (id int primary key, U&"\202Ename" text);
create table "user" (id int primary key, name text);
create table U&"\FEFFuser" (id int primary key, U&"na\00ADme" text);
create table U&"us\0435r" (id int primary key, U&"\2067name\2069" text);
