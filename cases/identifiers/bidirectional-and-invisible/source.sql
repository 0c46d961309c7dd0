insert into U&"user\200B" values (1, 'zero width space');
insert into "user" values (1, 'plain');
insert into U&"\FEFFuser" values (1, 'byte order mark');
insert into U&"us\0435r" values (1, 'cyrillic e');
