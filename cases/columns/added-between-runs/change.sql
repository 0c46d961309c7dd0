alter table t add n int default 5; update t set n = 6 where id = 3;
