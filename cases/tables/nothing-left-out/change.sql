insert into t values (3, 3);
delete from t where id = 1;
