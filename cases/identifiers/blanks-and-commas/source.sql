insert into " "." " values (1, 'two blanks', 'before', 'after', 'comma', 'both'), (2, '', '', '', '', '');
insert into " "."x, y" values (1, 'stays here', 'k1'), (2, 'stays here', 'k2');
