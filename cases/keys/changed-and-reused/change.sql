update t set id = -id; update t set id = 1 - id, updated_at = now(); delete from t where id = 10; insert into t values (10, 'again', now());
