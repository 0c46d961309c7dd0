create table t (id int primary key, a timestamptz, r interval);
