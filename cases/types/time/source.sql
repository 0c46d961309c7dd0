insert into plain (id, v) values
       (1, '24:00:00'),
       (2, '00:00:00'),
       (3, '23:59:59.999999'),
       (4, '12:30');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
