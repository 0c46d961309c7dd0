update filtered set parent = 2 where id = 1;
insert into filtered values (4, 3, 'b');
insert into of_nothing values (4, 2, 3, null);
