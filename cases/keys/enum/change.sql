update t set v = 'w' where k = 'it''s ok'; delete from t where k = 'Happy'; update c set v = 'x' where k = '' and n = 2; delete from c where k = 'sad' and n = 3;
