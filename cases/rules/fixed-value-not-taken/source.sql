insert into word values (1); insert into long values (1); insert into enum values (1); insert into domain values (1); insert into nothing values (1, 'x');
