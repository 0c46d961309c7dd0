insert into plain (id, v) values
       (1, '表表表表表'),
       (2, ''),
       (3, '     '),
       (4, 'a');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
