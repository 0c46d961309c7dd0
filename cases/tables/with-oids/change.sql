update t set v = 'w' where id = 2; delete from t where id = 3; insert into by_number values ('c'); delete from keyed_by_number where v = 'a';
