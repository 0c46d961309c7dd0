update t set n = '{b}' where id = 2;
delete from t where id = 1;
