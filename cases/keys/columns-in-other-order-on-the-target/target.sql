create table t (v text, c date, b text, a int, primary key (c, a, b));
