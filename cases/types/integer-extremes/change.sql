delete from by_big where v = 1;
update by_big set v = 33 where v = 3;
update by_time set v = 11 where v = 1;
update by_span set v = 22 where v = 2;
delete from by_span where v = 4;
update t set p = '(0,0)' where id = 3;
