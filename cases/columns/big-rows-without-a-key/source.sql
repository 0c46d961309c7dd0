insert into t select repeat(chr(64 + i), 2000000), decode(repeat(md5(i::text), 60000), 'hex') from generate_series(1, 3) i;
