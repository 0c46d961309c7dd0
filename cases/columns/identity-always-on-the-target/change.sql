update t set id = 5 where id = 10; update t set v = 'w' where id = 20; update u set n = 1000 where code = 'c1'; insert into u values ('new', 7);
