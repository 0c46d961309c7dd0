update "a.b".c set "x.y" = 'changed';
update a."b.c" set "x.y" = 'changed as well';
insert into "a.b.c"."." values (4, null);
