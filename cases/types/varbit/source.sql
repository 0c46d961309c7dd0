insert into plain (id, v) values
       (1, B''),
       (2, B'0'),
       (3, B'00'),
       (4, B'1'),
       (5, repeat('10', 5000)::varbit);
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
