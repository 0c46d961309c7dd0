create table t (id int primary key, a int, twice int);
