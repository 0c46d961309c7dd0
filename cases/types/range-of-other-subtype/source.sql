create type span as range (subtype = numeric);
create table t (id int primary key, v span);
insert into t values (1, '[1,2)'), (2, null);
