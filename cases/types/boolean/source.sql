insert into plain (id, v) values
       (1, true),
       (2, false),
       (3, null),
       (4, true);
insert into stamped (id, v) select id, v from plain;
