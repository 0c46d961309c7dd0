insert into t select i, 'v' from generate_series(1, 8) i;
insert into tally values (1, 0);
