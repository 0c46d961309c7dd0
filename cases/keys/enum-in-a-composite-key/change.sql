update t set v = 'new' where id = 2 and k = 'it''s'; update t set k = 'b', id = 9 where id = 3 and k = 'x y'; insert into t values (10, 'a', 'v');
