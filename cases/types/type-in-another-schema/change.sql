update t set m = 'b' where id = 2; delete from keyed where k = 'a'; update keyed set v = 3 where k = 'b';
