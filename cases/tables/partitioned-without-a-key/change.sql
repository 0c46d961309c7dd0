delete from t where id = 2; insert into t values (2, 'a');
