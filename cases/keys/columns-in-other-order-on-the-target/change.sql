update t set v = 'new' where b = 'b3'; update t set a = 9 where b = 'b4'; insert into t values (1, '1', '2025-01-01', 'v');
