insert into list values (1), (2);
insert into item select i, 1 + i % 2, i, 'P' || i || '@example.org', md5(i::text)::uuid from generate_series(1, 9) i;
insert into part select i, i from generate_series(1, 9) i;
insert into held select i, i from generate_series(1, 9) i;
