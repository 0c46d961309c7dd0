update t set b = 'c' where a = 7; insert into t values (7, 'b'); delete from t where a = 9; update stamped set updated_at = now() where a = 5;
