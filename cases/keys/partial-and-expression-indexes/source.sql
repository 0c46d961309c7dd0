insert into t values (1, 'A', 'x'), (2, 'B', 'y'), (-1, 'C', 'z'), (-1, 'D', 'z');
