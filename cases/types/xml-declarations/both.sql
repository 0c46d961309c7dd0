create table t (id int primary key, v xml);
create table without_key (v xml);
