delete from t where k = 'medium'; update t set list = '{medium}' where k = 'large';
