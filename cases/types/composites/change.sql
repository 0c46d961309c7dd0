update t set o = row(row(1, null, 1.00), null, null) where id = 4;
update keyed set v = 22 where v = 2;
delete from keyed where v = 3;
delete from whole where id = 1;
