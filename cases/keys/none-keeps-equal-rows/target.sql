insert into line select 'twice', 1.0, null from generate_series(1, 2);
insert into line values ('not there', 1, null), ('row', 7, '{"a": 1}'), ('row', 7.0, '{"a": 1}');
