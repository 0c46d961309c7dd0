update t set t = '{"NULL",NULL}' where id = 1;
update t set i = '[2:2]={1}' where id = 2;
delete from keyed where v = 2;
delete from keyed where v = 4;
update keyed set v = 33 where v = 3;
update keyed set v = 11 where v = 1;
delete from by_ints where v = 3;
update by_ints set v = 44 where v = 4;
