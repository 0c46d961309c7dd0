alter table t alter n type bigint;
insert into t values (2, 3000000000);
