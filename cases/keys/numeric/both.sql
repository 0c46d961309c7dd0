create table t (k numeric primary key, v text); create table s (k numeric(20, 4) primary key, v text); create table c (a numeric, b int, v text, primary key (a, b));
