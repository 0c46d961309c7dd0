update t set b = '0-11-000222-9' where id = 2;
delete from keyed where v = 1;
update keyed set v = 22 where v = 2;
