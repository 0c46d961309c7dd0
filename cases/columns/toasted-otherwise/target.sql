create table t (id int primary key, a text, b text, c bytea); alter table t alter a set storage extended, alter b set storage external;
