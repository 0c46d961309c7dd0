update kept set a = 3 where id = 1;
insert into kept values (3, 3);
