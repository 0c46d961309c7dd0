insert into bytes values (1, '1 day'), (2, 'infinity');
insert into texts values (1, '-infinity', '(1,2)');
insert into finite values (1, '1 day'), (2, '-178956970 years'), (3, null), (4, '1 mon -3 days 00:00:00.000001');
