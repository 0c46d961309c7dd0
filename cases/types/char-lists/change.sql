update t set c = '{b,NULL}' where id = 2;
delete from t where id = 1;
