insert into t select i, (array['a','b''c','d"e']::"ty.pes"."mo""od"[])[i % 3 + 1], row(i, 'd"e')::"ty.pes"."Point;", array['a','d"e']::"ty.pes"."mo""od"[], 'v' from generate_series(1, 20) i;
