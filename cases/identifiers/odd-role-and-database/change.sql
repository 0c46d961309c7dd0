insert into t values (6, 'f');
delete from t where id = 2;
