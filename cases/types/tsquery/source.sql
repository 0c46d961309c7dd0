insert into plain (id, v) values
       (1, '''it''''s'':*AB & !b | (c <-> d) <3> e'),
       (2, ''),
       (3, 'a & b'),
       (4, '!!x');
insert into stamped (id, v) select id, v from plain;
