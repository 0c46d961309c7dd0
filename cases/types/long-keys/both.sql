create table t (k text primary key, v int);
create table b (k bytea primary key, v int);
