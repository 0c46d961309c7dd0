insert into "a.b".c values (1, 'a.b c');
insert into a."b.c" values (2, 'a b.c');
insert into "a.b.c"."." values (3, 'a.b.c .');
insert into public."a.b.c" values (4, 'a.b.c', '.');
