insert into longest values (1, '178956970 years 7 mons 2147483647 days 2562047788:00:54.775807');
insert into shorter values (1, '178956970 years 7 mons 2147483647 days'), (2, '2562047788:00:54.775807'), (3, '-178956970 years -8 mons');
insert into inside values (1, array[interval '178956970 years 7 mons 2147483647 days 2562047788:00:54.775807'], null, null);
insert into part values (1, row(interval '178956970 years 7 mons 2147483647 days 2562047788:00:54.775807'));
insert into shorter values (4, null);
