create table t (id int primary key, v text, kind text default 'a');
