insert into plain (id, v) values
       (1, -9223372036854775808),
       (2, 9223372036854775807),
       (3, 0),
       (4, -1);
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
