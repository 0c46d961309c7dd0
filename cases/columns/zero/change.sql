insert into fine values (2), (3);
insert into none default values;
