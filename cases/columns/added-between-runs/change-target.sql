alter table t add n int;
