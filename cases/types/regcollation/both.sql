create collation "my order" from "C";
create table t (id int primary key, v regcollation, l regcollation[], c regclass[], r regrole[]);
create table keyed (k regcollation primary key, v int);
