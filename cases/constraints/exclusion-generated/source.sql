insert into booking (id, since, until) values (1, 1, 5), (2, 5, 9), (3, 9, 12);
