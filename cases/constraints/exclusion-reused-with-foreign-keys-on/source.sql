insert into booking values (1, '[1,5)'), (2, '[5,9)'), (3, '[9,12)'), (4, '[20,25)');
insert into guest select i, i from generate_series(1, 3) i;
