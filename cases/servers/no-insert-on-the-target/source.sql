insert into open values (1); insert into shown values (1, 'x');
