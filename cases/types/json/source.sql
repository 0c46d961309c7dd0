insert into plain (id, v) values
       (1, ' { "b" : 1 , "a":[ ] , "b" : 2.00 } '),
       (2, 'null'),
       (3, '"\u0000 \ud83d\ude00"'),
       (4, '1e400'),
       (5, '[]'),
       (6, E'\n\t1\n');
insert into stamped (id, v) select id, v from plain;
