create unique index on t (k text_pattern_ops);
create unique index on c (k collate "C");
create unique index on f (k);
create unique index on b (k);
insert into t select 'k' || i, 'v' from generate_series(1, 9) i;
insert into c select 'k' || i, 'v' from generate_series(1, 9) i;
insert into f select 'k' || i, 'v' from generate_series(1, 9) i;
insert into b select 'k' || i, 'v' from generate_series(1, 9) i;
