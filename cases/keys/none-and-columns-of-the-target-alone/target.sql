create table t (a int, b int, note text default 'mine'); create table left_out (a int, b int); create table by_rule (a int primary key, b int); create table fine (a int);
