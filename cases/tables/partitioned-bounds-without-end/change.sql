update t set a = 26 where a = 5 and b = 'z';
update t set v = 1 where a = 10 and b = 'm';
delete from t where a = 20 and b = '';
