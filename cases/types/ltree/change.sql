update t set v = 'Top' where id = 2;
delete from keyed where v in (1, 3);
update keyed set v = 44 where v = 4;
