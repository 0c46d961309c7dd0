insert into t select i, 'v' from generate_series(1, 10) i; insert into n values ('a'), ('a');
