insert into parent values (1, 'a', 10), (2, 'b', 20), (3, 'c', 30), (4, 'd', 40), (5, null, null);
insert into strict values (1, 1), (2, 2), (3, 3);
insert into owned values (1, 1), (2, 2), (3, 4);
insert into loose values (1, 1), (2, 2), (3, 4);
