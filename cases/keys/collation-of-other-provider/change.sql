update t set v = 'w' where k in ('a', 'B', '~'); delete from t where k = chr(500); insert into t values ('zz', 'z');
