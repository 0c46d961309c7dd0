update t set v = '2 mons' where id = 1;
delete from t where id = 2;
insert into t values (1000, null);
