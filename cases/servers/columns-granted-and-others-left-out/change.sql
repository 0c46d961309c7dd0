update t set shown = 'z' where id = 1; insert into t values (4, 'g', 'h'); delete from t where id = 2;
