create table t (id int primary key, v varbit(9));
