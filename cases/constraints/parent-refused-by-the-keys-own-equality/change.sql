insert into by_code values (4, 'C1');
