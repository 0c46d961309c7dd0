update l set v = 'new' where k = 'FFFFFFFF/FFFFFFFF'; update l set k = 'B/1' where v = 'e'; insert into l values ('2/0', 'f');
