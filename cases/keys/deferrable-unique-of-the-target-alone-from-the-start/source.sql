insert into t values (1, 7), (2, 7);
insert into none values (7, 'a'), (7, 'b');
insert into ranges values (1, '[1,5)'), (2, '[4,6)');
insert into parts values (1, 1), (11, 1);
insert into fine values (1, 7), (2, null), (3, null), (4, 8);
insert into fine_none values (7, '[1,5)'), (null, '[5,6)'), (null, null), (null, null);
