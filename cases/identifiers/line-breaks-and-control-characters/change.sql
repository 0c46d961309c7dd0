update "t
DROP TABLE t; --" set "tab	tab" = E'\t\t' where id = 2;
insert into U&"c\0001\000D\000A\001B[31m\007F\0085" values (2, E'\n', null);
