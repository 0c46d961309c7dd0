create table t (a int, b text, v int, primary key (a, b)) partition by range (a, b);
create table first partition of t for values from (minvalue, minvalue) to (0, minvalue);
create table rest partition of t default;
create table n (a int, b int, v int) partition by list (a);
create table n_none partition of n for values in (null);
create table n_rest partition of n default;
