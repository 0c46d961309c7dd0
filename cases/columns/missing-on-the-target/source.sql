create table t (id int primary key, v text, "New Column" int); insert into t values (1, 'v', 2);
