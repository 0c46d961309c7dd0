insert into item select i, 1, 'c' || i, true from generate_series(3, 20) i;
insert into item values (1, 1, null, true), (2, null, null, true), (21, 1, null, false), (22, null, null, false), (23, null, null, false);
