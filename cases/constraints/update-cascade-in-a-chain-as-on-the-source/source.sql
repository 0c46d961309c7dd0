insert into customer select i, 'c' || i from generate_series(1, 8) i;
insert into purchase select i, 'c' || i, 1 from generate_series(1, 8) i;
insert into line select i, 'c' || i, 1 from generate_series(1, 8) i;
