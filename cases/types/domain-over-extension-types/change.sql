update t set w = 'word', h = 'b=>2' where id = 1;
update keyed set k = 'ONE' where v = 1;
update keyed set v = 33 where k = 'THREE';
delete from keyed where v = 2;
delete from by_path where v = 2;
update by_path set v = 11 where v = 1;
