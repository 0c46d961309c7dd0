insert into t select i, row(i, i, null)::point3, array[row(1, 2, 3)::point3, null] from generate_series(1, 10) i;
