delete from node where id <= 2;
insert into node values (31, 32, now()), (32, 5, now());
