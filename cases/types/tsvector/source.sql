insert into plain (id, v) values
       (1, '''it''''s'':1A,2B,16383C \\:3 ''a b'':4'),
       (2, ''),
       (3, to_tsvector('simple', 'a fat cat')),
       (4, array_to_tsvector(array['x', 'y ''']));
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
