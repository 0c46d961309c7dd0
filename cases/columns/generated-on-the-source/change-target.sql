update t set twice = 0 where id = 5;
