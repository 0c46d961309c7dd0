insert into plain (id, v) values
       (1, ('1' || repeat('0', 131071))::numeric),
       (2, 'NaN'),
       (3, ('0.' || repeat('0', 16382) || '1')::numeric),
       (4, -0.0000),
       (5, 1e-1000),
       (6, 123456789012345678901234567890.123456789);
insert into stamped (id, v) select id, v from plain;
