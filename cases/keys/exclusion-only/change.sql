update t set v = 'w' where during @> 12;
