create type mood as enum ('a', 'b');
create table t (id int primary key, v mood[]);
insert into t values (1, '{a,b}'), (2, null);
