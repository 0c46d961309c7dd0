update any_size set v = 1000 where id = 1;
