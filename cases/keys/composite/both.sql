create table t (v text, a int, b text, c date, d uuid, primary key (d, b, a, c));
