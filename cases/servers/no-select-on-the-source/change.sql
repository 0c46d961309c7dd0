insert into open values (2);
insert into secret values (2, 'y');
