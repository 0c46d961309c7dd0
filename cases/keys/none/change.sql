delete from t where ctid = (select min(ctid) from t where a = 1); insert into t values (null, null); insert into s values (2, null);
