insert into t values ('ä', 1), ('Ö', 2), ('b', 3), ('ü', 4);
