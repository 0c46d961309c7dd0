create type mood as enum ('a');
create table t (id int primary key, v mood);
insert into t values (1, 'a'), (2, null);
