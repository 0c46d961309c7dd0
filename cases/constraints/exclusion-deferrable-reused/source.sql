insert into booking values (1, '[1,5)'), (2, '[5,9)'), (3, '[9,12)'), (4, '[20,25)');
