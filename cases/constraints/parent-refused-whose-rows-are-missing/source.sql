alter table parent add v text;
insert into parent select i, 'n' || i, 'K' || i, i, 'b' || i from generate_series(1, 8) i;
insert into child select i, i from generate_series(1, 8) i;
insert into grandchild select i, i from generate_series(1, 8) i;
insert into by_name select i, 'n' || i from generate_series(1, 3) i;
insert into by_kind select i, 'k' || i from generate_series(1, 3) i;
insert into by_two select i, i, 'b' || i from generate_series(1, 3) i;
insert into of_nothing values (1, null, null, null), (2, null, 4, null), (3, 1, null, 'x');
insert into filtered values (1, 1, 'a'), (2, 2, 'a'), (3, 3, 'b');
