insert into t values (3, 'e'), (13, 'f');
delete from t where id = 11;
update t set v = 'g' where id = 2;
