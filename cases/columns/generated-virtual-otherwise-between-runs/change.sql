alter table t alter column more set expression as (a * 3);
