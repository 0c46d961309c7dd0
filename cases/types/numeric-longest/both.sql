create table t (id int primary key, v numeric, l numeric[]);
create table keyed (k numeric primary key, v int);
create table without_key (v numeric);
