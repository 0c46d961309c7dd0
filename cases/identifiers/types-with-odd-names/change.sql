update t set v = 'changed' where id = 4;
delete from t where id = 5;
update t set kind = 'a' where id = 7;
