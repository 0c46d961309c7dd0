create table source_only_1 partition of source_only (b generated always as (a * 3) stored) for values from (0) to (100);
create table target_only_1 partition of target_only for values from (0) to (100);
insert into source_only (id, a) select g, g from generate_series(1, 20) g;
insert into target_only (id, a) select g, g from generate_series(1, 20) g;
insert into both_sides (id, a) select g, g from generate_series(1, 20) g;
insert into plain (id, a) select g, g from generate_series(1, 20) g;
