insert into b select i::bit(8), 'v' from generate_series(0, 20) i; insert into y values (B'', 'a'), (B'0', 'b'), (B'00', 'c'), (B'1', 'd'), (B'01', 'e');
