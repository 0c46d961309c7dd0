update t set v = v - 1 where id = 1;
update keyed set v = 4 where v = 2;
delete from keyed where v = 3;
