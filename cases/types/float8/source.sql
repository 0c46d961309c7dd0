insert into plain (id, v) values
       (1, 'NaN'),
       (2, 'Infinity'),
       (3, '-Infinity'),
       (4, 1.7976931348623157e308),
       (5, '4.9e-324'::float8),
       (6, '-0'::float8),
       (7, 0.1),
       (8, 1e23),
       (9, '2.2250738585072014e-308'::float8);
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
