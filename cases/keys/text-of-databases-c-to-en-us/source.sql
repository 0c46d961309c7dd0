insert into t select case i % 6 when 0 then 'a-' when 1 then 'A' when 2 then 'ä' when 3 then '_' when 4 then 'Ä' else ' b' end || i, repeat('x', 1000), i from generate_series(1, 2400) i;
insert into t select k, null, -row_number() over () from (values ('a'), ('A'), ('b'), ('B'), ('ä'), ('Ä'), ('ß'), ('ss'), ('é'), (e'e\u0301'), ('-a'), (' a'), ('')) k(k);
insert into u select i, case when i % 2 = 0 then 'n' else 'N' end || i / 2 from generate_series(1, 200) i;
insert into p select k, v from t where v < 100;
analyze t;
