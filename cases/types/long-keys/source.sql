insert into t select string_agg(md5(j::text), '') || i, i from generate_series(1, 20) i, generate_series(1, 70) j group by i;
insert into b select decode(string_agg(md5(j::text), ''), 'hex') || decode(lpad(to_hex(i), 2, '0'), 'hex'), i from generate_series(1, 20) i, generate_series(1, 140) j group by i;
