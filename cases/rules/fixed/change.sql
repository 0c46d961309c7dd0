update t set v = 'changed', region = 'elsewhere', updated_at = clock_timestamp() where id = 1;
insert into t values (4, 'new', 'source', clock_timestamp());
delete from t where id = 2;
