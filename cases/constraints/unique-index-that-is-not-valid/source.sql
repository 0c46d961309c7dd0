insert into item select i, 'c' || i from generate_series(1, 20) i;
create unique index on item (code);
