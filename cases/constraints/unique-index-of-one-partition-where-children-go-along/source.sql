insert into item select i, m, 'c' || i from generate_series(1, 6) i, generate_series(1, 3) m;
insert into part select row_number() over (), id, month from item;
