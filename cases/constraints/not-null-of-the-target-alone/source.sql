insert into strict values (1, 1), (2, null);
insert into other values (1);
