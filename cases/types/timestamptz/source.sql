insert into plain (id, v) values
       (1, 'infinity'),
       (2, '-infinity'),
       (3, '4714-11-24 00:00:00+00 BC'),
       (4, '294276-12-31 23:59:59.999999+00'),
       (5, '1883-11-18 12:03:57 America/New_York'),
       (6, '2024-10-27 02:30:00 Europe/Berlin');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
