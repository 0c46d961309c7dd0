insert into plain (id, v) values
       (1, 'Infinity'),
       (2, '-Infinity'),
       (3, 'NaN'),
       (4, 0),
       (5, 1.10);
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
