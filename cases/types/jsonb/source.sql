insert into plain (id, v) values
       (1, '{"a": 1.0, "": null, "\\\"": "\\u0001"}'),
       (2, 'null'),
       (3, '1e400'::jsonb),
       (4, (repeat('[', 1000) || repeat(']', 1000))::jsonb),
       (5, '{"a": 1}');
insert into stamped (id, v) select id, v from plain;
