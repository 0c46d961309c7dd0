insert into plain (id, v) values
       (1, '(1e308,-1e308)'),
       (2, '(Infinity,-Infinity)'),
       (3, '(0.1,0.2)'),
       (4, '(-0,0)'),
       (5, '(3.3333333333333335,1e-300)');
insert into stamped (id, v) select id, v from plain;
