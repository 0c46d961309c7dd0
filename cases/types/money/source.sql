insert into plain (id, v) values
       (1, '-92233720368547758.08'::money),
       (2, '92233720368547758.07'::money),
       (3, 0::money),
       (4, '-0.01'::money);
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
