create table longest (id int primary key, v interval);
create type span as (v interval);
create table inside (id int primary key, v interval[], w span, x interval);
create table part (id int primary key, w span);
create table shorter (id int primary key, v interval);
