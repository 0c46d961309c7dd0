create table t (id int primary key, v text);
create table n (v text) using other_heap;
grant select, insert, update, delete on all tables in schema public to ${role};
