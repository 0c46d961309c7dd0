create table t (k text primary key, v text); create table c (a text, b text, v text, primary key (a, b)); create table y (k bytea primary key, v text);
