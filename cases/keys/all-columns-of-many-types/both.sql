create table t (a int, b text, c numeric, d float8, primary key (a, b, c, d));
