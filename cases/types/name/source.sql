insert into plain (id, v) values
       (1, 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn'),
       (2, ''),
       (3, 'a b'),
       (4, '表表表表表表表表表表表表表表表表表表表表表');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
