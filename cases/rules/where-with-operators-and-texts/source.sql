insert into t (id, v, tags) select i, 'v', case when i % 2 = 0 then '{"$1": "it''s ? -- $1 {0} %s %"}' else '{"b": 1}' end::jsonb from generate_series(1, 40) i;
