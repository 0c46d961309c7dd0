alter table parent add v text;
insert into parent select i, 'K' || i, 'n' || i, 'C' || i, i, 's' || i from generate_series(1, 3) i;
insert into by_kind select i, 'k' || i from generate_series(1, 3) i;
insert into by_name select i, 'n' || i from generate_series(1, 3) i;
insert into by_code select i, 'c' || i from generate_series(1, 3) i;
insert into by_amount select i, i from generate_series(1, 3) i;
insert into by_short select i, 's' || i from generate_series(1, 3) i;
insert into no_code values (1, 'c1'), (2, 'c4');
insert into no_amount values (1, 1), (2, 1.4);
