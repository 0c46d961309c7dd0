update t set v = 'w' where id = 2 and lower(during) = '2024-01-01'; update t set during = daterange('2024-02-05', '2024-03-01') where id = 3 and lower(during) = '2024-02-01';
