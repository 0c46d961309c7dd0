create table t (a int, b int, v text, primary key (b, a));
