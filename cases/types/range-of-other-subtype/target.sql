create type span as range (subtype = int4);
create table t (id int primary key, v span);
insert into t values (7, null);
