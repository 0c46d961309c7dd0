insert into plain (id, v) values
       (1, 'a'),
       (2, 'ab   '),
       (3, ''),
       (4, '表'),
       (5, '    x');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
