insert into plain (id, v) values
       (1, '00000000-0000-0000-0000-000000000000'),
       (2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
       (3, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'),
       (4, md5('x')::uuid);
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
