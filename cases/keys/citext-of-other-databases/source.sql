insert into t values ('ä', 1), ('Ä', 2), ('b', 3); insert into u values (1, 'ö'), (2, 'Ö');
