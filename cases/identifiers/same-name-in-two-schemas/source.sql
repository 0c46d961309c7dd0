insert into one.item select i, 'n' || i from generate_series(1, 10) i;
insert into two.item select i, i, 'n' || i from generate_series(1, 10) i;
