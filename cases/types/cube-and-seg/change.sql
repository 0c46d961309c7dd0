update t set s = '6.5' where id = 2;
delete from keyed where v = 3;
update keyed set v = 22 where v = 2;
update by_seg set v = 11 where v = 1;
