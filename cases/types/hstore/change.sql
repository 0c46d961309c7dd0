update t set v = 'a=>"NULL"' where id = 1;
delete from keyed where v = 2;
update keyed set v = 33 where v = 3;
