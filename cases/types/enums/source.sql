insert into t select i, (enum_range(null::mood))[i], enum_range(null::mood) from generate_series(1, 12) i;
insert into keyed select m, 1 from unnest(enum_range(null::mood)) m;
insert into stamped select m, i, 1 from unnest(enum_range(null::mood)) m, generate_series(1, 3) i;
