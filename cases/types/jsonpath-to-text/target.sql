create table t (id int primary key, p text);
