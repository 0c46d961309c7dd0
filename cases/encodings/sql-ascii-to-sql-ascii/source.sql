insert into word values (1, e'\xe9\xff', e'\xe9', array[e'\xfc', e'\xc3', null]), (2, 'é', 'x', '{}'), (3, e'\\ \xe9 '' "', null, null);
insert into stamped (id, v) select id, v from word;
insert into keyed values (e'\xe9', 1), (e'\xe8', 2), ('é', 3), (e'a\\b\xff''', 4), (e'\xc3', 5), (e'\xa9', 6), ('plain', 7), ('x', 8);
insert into keyed_stamped (k, l, n) select k, e'\xe9', n from keyed;
insert into nokey values (e'\xe9'), (e'\xe9'), ('é');
insert into "größe" values (1, 'ß'), (2, e'\xdf');
