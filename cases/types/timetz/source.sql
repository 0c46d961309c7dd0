insert into plain (id, v) values
       (1, '24:00:00-15:59:59'),
       (2, '00:00:00+15:59:59'),
       (3, '12:00:00+00'),
       (4, '13:00:00+01');
insert into stamped (id, v) select id, v from plain;
insert into keyed select v, min(id) from plain where v is not null group by v;
