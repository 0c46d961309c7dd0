insert into plain (id, v) values
       (1, B'000000000'),
       (2, B'111111111'),
       (3, B'101010101'),
       (4, B'000000001');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
