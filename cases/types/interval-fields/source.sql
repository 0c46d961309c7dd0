insert into plain (id, v) values
       (1, '1 year 2 mons'),
       (2, '-1 mon'),
       (3, '0'),
       (4, null);
insert into stamped (id, v) select id, v from plain;
