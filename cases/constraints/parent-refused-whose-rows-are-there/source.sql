alter table parent add v text;
insert into parent select i, 'n' || i, 'K' || i, i, 'b' || i, timestamptz '2025-01-01 00:00:00.123456+02' + i * interval '1 day' from generate_series(1, 12000) i where i < 9999;
insert into child select i, i from generate_series(1, 9998) i;
insert into grandchild select i, i from generate_series(1, 8) i;
insert into by_name select i, 'n' || i from generate_series(1, 3) i;
insert into by_kind select i, 'k' || i from generate_series(1, 3) i;
insert into by_two select i, i, 'b' || i from generate_series(1, 3) i;
insert into by_time select id, at from parent where id < 4;
