insert into tenant values (1, true);
insert into item select i, 1, 'v' from generate_series(1, 19) i;
insert into item values (21, 2, 'v');
