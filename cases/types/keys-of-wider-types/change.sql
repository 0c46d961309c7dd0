delete from a where k = 3; update a set v = 'w' where k = 4;
delete from b where n = 3; update b set v = 'w' where n = 4;
delete from c where k = 30; update c set v = 'w' where k = 40;
delete from d where k = '2024-01-01 03:00'; update d set v = 'w' where k = '2024-01-01 04:00';
