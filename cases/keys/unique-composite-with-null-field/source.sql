insert into p values (1, row(1, null)), (2, row(null, null)), (3, row(3, 3)), (4, null);
