insert into picky values (1, 1), (2, 4711);
insert into other values (1);
