insert into "t
DROP TABLE t; --" values (1, E'\t', E'\a'), (2, null, '');
insert into U&"c\0001\000D\000A\001B[31m\007F\0085" values (1, E'\r\n', E'\u2028');
