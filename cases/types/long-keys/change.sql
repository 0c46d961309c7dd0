delete from t where v = 3;
update t set v = -4 where v = 4;
delete from b where v = 3;
update b set v = -4 where v = 4;
