create extension citext;
create table t (k text not null, v text);
create table c (k text not null, v text);
create table f (k citext not null, v text);
create table b (k varchar(20) not null, v text);
