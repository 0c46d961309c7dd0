update kept set n = 2;
insert into kept values (3, 3);
