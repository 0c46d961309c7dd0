insert into t values ('a', '1'), ('a b', '2'), ('', '3'), (E'a\t', '4'), ('b', '5'); insert into c values ('x', 'y  ', '1'), ('x', '', '2'), ('', 'y', '3'), ('z', 'z', '4');
