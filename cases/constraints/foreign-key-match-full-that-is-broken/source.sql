insert into parent values (1, 1), (2, 2);
insert into strict values (1, 1, 1), (2, null, null), (3, 9, 9), (4, 1, null), (5, null, 9);
insert into lax values (1, 1, 1), (2, null, null), (3, 9, 9), (4, 1, null), (5, null, 9);
insert into whole values (1, 1, 1), (2, null, null);
