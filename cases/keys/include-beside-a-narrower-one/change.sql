update t set v = 'new' where region = 3; update t set region = 99 where region = 4;
