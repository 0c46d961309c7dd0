insert into plain (id, v) values
       (1, 'NaN'),
       (2, 'Infinity'),
       (3, '-Infinity'),
       (4, 3.4028235e38),
       (5, '1e-45'::float4),
       (6, '-0'::float4),
       (7, 0.1),
       (8, 16777216);
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
