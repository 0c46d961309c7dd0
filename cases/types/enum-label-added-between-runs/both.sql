create type mood as enum ('a');
create table t (id int primary key, m mood[]);
create table other (id int primary key);
