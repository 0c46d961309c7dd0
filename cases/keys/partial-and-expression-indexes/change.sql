update t set v = 'w' where b = 'A';
