insert into t values (1, 'a'), (2, '\303');
insert into stamped (id, v) values (1, '\377');
insert into ascii values (1, 'a', '~'), (2, '', null), (3, '\', ' '), (4, '\177', '\001');
insert into keyed values ('a', 1), ('', 2), ('\', 3);
insert into many values (1, '{"\\303"}');
insert into composite values (1, row('\303'));
