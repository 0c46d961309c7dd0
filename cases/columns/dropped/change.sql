update t set v = 'w' where id = 1; alter table t add more int default 5; alter table t drop column more;
