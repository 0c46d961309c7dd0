create type kind as enum ('a', 'b');
create table t (id int primary key, region char(3), kind kind, ratio real, tags text[]);
insert into t values (1, 'eu', 'b', 0.1, '{a,NULL}'), (2, 'us', 'b', 0.1, '{a,NULL}'), (3, 'eu', 'b', 0.1, null), (5, 'eu', 'b', 0.1, '{a,NULL}');
