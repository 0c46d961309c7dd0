insert into t select i, E'b\n' || i, i + 0.50, i / 3.0 from generate_series(1, 20) i;
