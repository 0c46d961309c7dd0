insert into t select i, repeat('x', 3000000), decode(repeat(md5(i::text), 60000), 'hex'), jsonb_build_object('a', repeat('y', 1000000)) from generate_series(1, 4) i;
