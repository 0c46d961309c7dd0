insert into plain (id, v) values
       (1, 'infinity'),
       (2, '-infinity'),
       (3, '4713-01-01 BC'),
       (4, '5874897-12-31'),
       (5, '0001-12-31 BC'),
       (6, '2024-02-29');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
