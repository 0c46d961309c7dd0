alter table t alter id type bigint, alter v type text, alter n type numeric;
