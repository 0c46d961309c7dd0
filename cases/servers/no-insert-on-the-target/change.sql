insert into open values (2);
insert into shown values (2, 'y');
