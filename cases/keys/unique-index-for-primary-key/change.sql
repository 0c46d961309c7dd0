update t set v = null where a = 4; delete from t where a = 5; update two set v = 'w' where b = 6; insert into two values (1, 1000, null);
