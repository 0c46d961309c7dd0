create extension hstore;
create table t (id int primary key, v hstore, list hstore[]);
create table keyed (k hstore primary key, v int);
