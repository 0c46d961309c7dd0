insert into plain (id, v) values
       (1, '10:20:10,14,15'),
       (2, '1:1:'),
       (3, '9223372036854775806:9223372036854775807:'),
       (4, '2:3:');
insert into stamped (id, v) select id, v from plain;
