update t set v = 'y ' where k = '3';
delete from t where k = '4';
