update t set v = 'w' where id = 1; update t set v = 'x', at = now() at time zone 'UTC' where id = 2;
