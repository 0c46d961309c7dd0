insert into plain (id, v) values
       (1, 'infinity'),
       (2, '-infinity'),
       (3, '1 day'),
       (4, '2 days');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
