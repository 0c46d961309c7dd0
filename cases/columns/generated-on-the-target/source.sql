create table t (id int primary key, a int, twice int); insert into t values (1, 1, 2), (2, 2, 5); create table left_out (id int primary key, a int, twice int); insert into left_out values (1, 1, 3);
