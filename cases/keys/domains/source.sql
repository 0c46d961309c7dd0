insert into over_enum values ('sad', 'a'), ('ok', 'b'), ('glad', 'c'), ('numb', 'd');
insert into over_domain select k::text::mine, n, 'v' from unnest(array['sad', 'ok', 'glad']) k, generate_series(1, 4) n;
insert into array_of_domain values ('{}', 'a'), ('{sad}', 'b'), ('{sad,ok}', 'c'), ('{ok}', 'd'), ('{glad,glad}', 'e');
insert into over_array values ('{}', 'a'), ('{x}', 'b'), ('{x,NULL}', 'c'), ('{"a,b"}', 'd'), ('{{a,b},{c,d}}', 'e');
insert into over_range values ('empty', 'a'), ('[1,5)', 'b'), ('[5,)', 'c'), ('(,1)', 'd'), ('[7,8)', 'e');
insert into over_composite values ('(1,a)', 'a'), ('(1,b)', 'b'), ('(2,"x, y")', 'c'), ('(3,)', 'd'), ('(,c)', 'e');
insert into unique_beside values (1, 'sad', 'a'), (2, 'ok', 'b'), (3, 'glad', 'c'), (4, 'numb', 'd');
