delete from t where id = 4;
update t set during = '[1,9)' where id = 3;
begin;
delete from t where id in (1, 2); insert into t values (1, 1, '[5,9)'), (2, 1, '[1,5)'); commit;
