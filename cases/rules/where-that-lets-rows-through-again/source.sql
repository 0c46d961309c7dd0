insert into tenant values (1, true), (2, false);
insert into item select i, 1, 'v' from generate_series(1, 20) i;
insert into item values (21, 2, 'changed while it was not active');
