insert into plain (id, v) values
       (1, 123456),
       (2, -999000),
       (3, 0),
       (4, null);
insert into stamped (id, v) select id, v from plain;
