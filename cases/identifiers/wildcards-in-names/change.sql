insert into "a*" values (2);
insert into abc values (2);
insert into "x?" values (2);
