insert into t select k, 'v' from unnest(array['', ' ', '''', '"', E'\\', E'\\N', E'\\.', E'\n', E'\r\n', E'\t', ',', '(', ')', '{}', 'NULL', 'null', '$$', '--', '/*', ';', '%s', '%1$s', E'a\nb', E'a\\nb', '?', ':x', '''; drop table t; --']) k;
insert into c values ('a', ',b', 'x'), ('a,', 'b', 'x'), ('', '', 'x'), ('"', '"', 'x'), ('a"', '",b', 'x'), (E'\\', E'\\', 'x'), ('(', ')', 'x'), (' a', 'a ', 'x');
insert into y values ('\x', 'a'), ('\x00', 'b'), ('\x0000', 'c'), ('\x5c', 'd'), ('\x27', 'e'), ('\xff', 'f'), ('\x0a', 'g');
