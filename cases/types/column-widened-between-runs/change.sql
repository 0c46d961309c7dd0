alter table t alter id type bigint, alter v type text, alter n type numeric;
update t set v = 'longer than five', n = 1.5, updated_at = now() where id = 3;
insert into t values (3000000000, null, null, now());
