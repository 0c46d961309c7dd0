update t set v = 'x' where k = 'empty'; delete from t where k = '[7,)'; update d set v = 'x' where k = '[2024-01-01,)'; update n set k = '[1.00,2.0)' where v = 'a';
