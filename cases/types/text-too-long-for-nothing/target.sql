create table t (k varchar primary key, v varchar(10));
