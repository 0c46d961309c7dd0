update t set v = 'w' where id = 1; update taken set v = 'w' where id = 1; update also_on_the_source set n = 0 where id = 1;
