update ascii set v = 'b', w = '\' where id = 1; delete from ascii where id = 2; update keyed set n = 4 where k = ''; insert into keyed values ('\001', 5);
