insert into word values (1, 'déjà vu', 'ÿé', '{ä,"ö, ü",NULL}', '{"schlüssel": "wért"}', 'groß'), (2, 'plain', 'abc', '{}', '{}', 'klein'), (3, '¤¦¨´¸¼½¾', '×÷', null, null, 'übergroß');
insert into stamped (id, v) select id, v from word;
insert into keyed select 'ü' || chr(192 + i) || repeat('é', i % 5), i from generate_series(1, 40) i;
insert into keyed_stamped (k, l, n) select 'ü' || chr(192 + i), 'é' || chr(200 + i), i from generate_series(1, 40) i;
insert into "straße"."haus Nr. ½" ("größe", "maß") values (1, 'groß'), (2, 'klein'), (3, null), (4, null), (5, null), (6, null), (7, null), (8, null);
insert into nokey values ('é'), ('é'), ('ê'), (null);
insert into filtered values (1, 'ü1'), (2, 'u2');
