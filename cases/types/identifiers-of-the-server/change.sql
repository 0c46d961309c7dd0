update t set x = '7' where id = 2;
delete from keyed where k = 0;
update keyed set lsn = '2/2' where k = 4294967295;
delete from by_tid where v = 'a';
