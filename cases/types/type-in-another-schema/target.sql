create schema kinds;
create type kinds.mood as enum ('a', 'b');
create type kinds.pair as (x int, m kinds.mood);
create domain kinds.small as int;
create table t (id int primary key, m kinds.mood, p kinds.pair, list kinds.mood[], s kinds.small);
create table keyed (k kinds.mood primary key, v int);
