insert into plain (id, v) values
       (1, ''),
       (2, ' '),
       (3, E'\\N'),
       (4, E'\\.'),
       (5, E'\\\\.\n\\.\n'),
       (6, E'\r\n\t\b\f\v\u0001\u007f'),
       (7, U&'\+10FFFF\FFFE\FEFF'),
       (8, repeat('long ', 500000)),
       (9, 'NULL');
insert into stamped (id, v) select id, v from plain;
