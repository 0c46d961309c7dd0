update left_out set a = 5 where id = 1;
insert into left_out values (2, 7, 0);
