insert into fine values (5, 9);
insert into fine_none values (8, '[7,8)');
