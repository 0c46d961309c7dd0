insert into plain (id, v) values
       (1, decode(string_agg_bytes(), 'hex')),
       (2, ''),
       (3, '\x5c'),
       (4, '\x00'),
       (5, decode(repeat('00ff', 2500000), 'hex'));
insert into stamped (id, v) select id, v from plain;
