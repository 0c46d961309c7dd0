insert into t select i % 4, md5(i::text)::uuid, 'k' || i % 3, 'v' || i from generate_series(1, 40) i;
