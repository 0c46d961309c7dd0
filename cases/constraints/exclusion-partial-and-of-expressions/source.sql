insert into booking values (1, 'a', 1, 5, 'firm'), (2, 'a', 5, 9, 'firm'), (3, 'a', 1, 9, 'draft'), (4, 'b', 1, 9, 'firm'), (5, 'a', 1, 9, 'other'), (6, null, 1, 9, 'firm');
