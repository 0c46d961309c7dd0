update t set v = 'w', updated_at = now() where id in (1, 2); insert into t values (21, 'n', now()); delete from t where id = 4;
