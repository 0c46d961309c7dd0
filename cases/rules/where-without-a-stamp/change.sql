update t set v = 'w' where id in (1, 2); update t set kind = 'b' where id = 4; update t set kind = 'a' where id = 5; delete from t where id = 6;
