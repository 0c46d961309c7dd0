insert into t values (1, '"my order"', '{"\"C\"",NULL,"\"my order\""}', '{pg_class}', '{postgres}'), (2, '-', '{}', null, null), (3, '"C"', null, null, null);
insert into keyed values ('"my order"', 1), ('"C"', 2), ('-', 3);
