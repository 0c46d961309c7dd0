insert into strict values (1, 1), (2, 2);
