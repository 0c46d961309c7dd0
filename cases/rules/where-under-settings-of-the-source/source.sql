insert into quoted values (1, 'back\slash');
insert into unknown values (1, 'a'), (2, null);
insert into tagged select i, '{a}' from generate_series(1, 3000) i;
alter database ${database} set standard_conforming_strings = off;
alter database ${database} set transform_null_equals = on;
alter database ${database} set gin_fuzzy_search_limit = 10;
alter database ${database} set enable_seqscan = off;
alter database ${database} set enable_indexscan = off;
