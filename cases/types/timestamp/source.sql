insert into plain (id, v) values
       (1, 'infinity'),
       (2, '-infinity'),
       (3, '4714-11-24 00:00:00 BC'),
       (4, '294276-12-31 23:59:59.999999'),
       (5, '0001-12-31 23:59:59.999999 BC'),
       (6, '1999-12-31 23:59:60');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
