insert into line select 'twice', 1.0, null from generate_series(1, 2);
insert into line select 'row', i, '{"a": 1}' from generate_series(1, 50) i;
insert into line values (null, null, null), (null, null, null);
