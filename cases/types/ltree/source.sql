insert into t values (1, 'Top.Science.Astronomy', '*.Astro*@.!a|b', 'Europe & Russia*@ & !Transportation', '{a.b,""}'), (2, '', '*', 'a', '{}');
insert into keyed values ('a.b', 1), ('a', 2), ('', 3), ('a.b.c', 4);
