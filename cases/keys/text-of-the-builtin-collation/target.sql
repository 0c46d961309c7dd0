create table t (k text, n int, v text, primary key (k, n));
