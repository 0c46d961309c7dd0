create type mood as enum ('a', 'b');
create type pair as (x int, m mood);
create domain small as int;
create table t (id int primary key, m mood, p pair, list mood[], s small);
create table keyed (k mood primary key, v int);
insert into t values (1, 'a', '(1,b)', '{a,b}', 3), (2, null, null, null, null);
insert into keyed values ('a', 1), ('b', 2);
