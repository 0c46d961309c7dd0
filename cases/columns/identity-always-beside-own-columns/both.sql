create table t (id int primary key, n int generated always as identity, v text);
