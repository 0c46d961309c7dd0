update t set k = '-0' where v = 'zero'; update t set v = 'n' where k = 'NaN'; delete from t where k = '-Infinity'; update s set k = '-0' where v = 'zero'; update s set v = 'm' where k = 'NaN';
