insert into "select"."table" ("primary", "where", "null") values (1, 'here', 'nothing'), (2, null, 'NULL');
insert into "select"."only" values ('null', 'default'), ('', ''), ('NULL', 'DEFAULT');
insert into "select"."user" values (1, 'x', 'y');
