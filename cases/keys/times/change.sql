update t set v = 'x' where k in ('infinity', '4713-01-01 BC'); delete from t where k = '-infinity'; update d set v = 'y' where t = '24:00'; update z set v = 'z' where k = '13:00+01';
