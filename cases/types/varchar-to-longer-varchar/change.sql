update t set v = 'y ' where id = 1;
delete from t where id = 2;
insert into t values (1000, null);
