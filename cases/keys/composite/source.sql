insert into t select 'v' || i, i % 3, 'b' || i % 5, date '2024-01-01' + i, md5(i::text)::uuid from generate_series(1, 40) i;
