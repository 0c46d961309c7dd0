insert into with_default values (2), (3), (4), (5);
insert into by_domain values (2);
delete from with_default where id = 1;
