insert into node select i, 'c' || i, 'c' || i % 4 + 1 from generate_series(1, 8) i;
insert into compared select id, code, up from node;
