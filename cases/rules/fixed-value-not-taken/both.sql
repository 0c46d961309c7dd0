create type kind as enum ('a', 'b');
create domain d as int check (value > 0);
create table word (id int primary key, n int);
create table long (id int primary key, region varchar(2));
create table enum (id int primary key, kind kind);
create table domain (id int primary key, d d);
create table nothing (id int primary key, region text not null);
