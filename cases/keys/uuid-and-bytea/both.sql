create table t (k uuid primary key, v text); create table b (k bytea primary key, v text); create table h (a inet, b macaddr, v text, primary key (a, b));
