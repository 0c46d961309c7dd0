insert into plain (id, v) values
       (1, '18446744073709551615'),
       (2, '0'),
       (3, '4294967296'),
       (4, '3');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
