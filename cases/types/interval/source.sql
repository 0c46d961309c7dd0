insert into plain (id, v) values
       (1, '178000000 years'),
       (2, '-178000000 years'),
       (3, '1 mon -1 day 00:00:00.000001'),
       (4, '-1 mon 1 day -00:00:01'),
       (5, '30 days'),
       (6, '720 hours'),
       (7, '0');
insert into stamped (id, v) select id, v from plain;
