insert into item (id, code, other) values (1, 'a', 1), (2, 'b', 1), (3, 'c', 1);
insert into part values (1, 1), (2, 2);
