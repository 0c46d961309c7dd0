update t set r = '2 days' where id = 1; delete from t where id = 2;
