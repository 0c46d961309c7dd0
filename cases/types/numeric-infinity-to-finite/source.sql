insert into bytes values (1, 1), (2, 'Infinity');
insert into texts values (1, '-Infinity', '(1,2)');
insert into many values (1, '{1,Infinity}');
insert into finite values (1, 'NaN', '{NaN,1.50}'), (2, 1.500, '{}'), (3, -0.0, null);
