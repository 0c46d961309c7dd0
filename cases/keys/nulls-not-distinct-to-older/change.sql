update t set u = 4 where id = 1; update t set u = null where id = 2; update n set v = 'd' where a is null;
