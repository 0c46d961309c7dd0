create table t (id int primary key, a abstime, r reltime, i tinterval);
