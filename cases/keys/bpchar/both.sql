create table t (k char(8) primary key, v text); create table c (a char(3), b bpchar, v text, primary key (a, b));
