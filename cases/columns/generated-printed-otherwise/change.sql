update t set "a b" = ' b ', d = null where id = 7; delete from t where id = 2;
