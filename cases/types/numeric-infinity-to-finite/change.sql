update finite set v = 1.50 where id = 2;
update finite set v = -1 where id = 3;
