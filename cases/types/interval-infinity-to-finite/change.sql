update finite set v = '-2 days' where id = 3;
