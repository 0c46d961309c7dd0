insert into fine values (1), (2);
