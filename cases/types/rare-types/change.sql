update t set c = '{b}' where id = 2;
delete from t where id = 1;
