insert into strict values (6, 2, 2);
insert into whole values (3, 2, null);
