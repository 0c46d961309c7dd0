insert into item (id, code) values (1, 'a'), (2, 'b'), (3, 'c');
insert into part values (1, 1), (2, 2);
