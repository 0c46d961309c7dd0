insert into booking values (1, '[1,5)'), (2, '[5,9)');
