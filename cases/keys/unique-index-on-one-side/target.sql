create table on_source (a int, v text); create table on_target (a int primary key, v text);
