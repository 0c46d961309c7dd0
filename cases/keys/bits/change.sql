update b set v = 'new' where k = B'00000101'; update b set k = B'11111111' where k = B'00000000'; update y set v = 'new' where k = B'00'; update y set k = B'000' where v = 'a';
