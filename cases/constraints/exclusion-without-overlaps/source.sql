insert into booking values (1, 1, '[1,5)'), (2, 1, '[5,9)'), (3, 2, '[1,9)');
