insert into t values (1, '[1,2147483647)', '(,)', '(1.0,2.50]', '[infinity,infinity]', '[-infinity,)', '(,infinity]', '{"[1,2)",empty,"(,5)"}'),
  (2, 'empty', 'empty', 'empty', 'empty', 'empty', 'empty', '{}'), (3, '(,)', '[-9223372036854775808,9223372036854775807)', '[NaN,NaN]', '[2024-01-01,)', '["4714-11-24 00:00:00 BC","294276-12-31 23:59:59.999999"]', null, null);
insert into keyed values ('empty', 'e'), ('(,)', 'all'), ('["2024-01-01 00:00:00.000001+00",)', 'from'), ('(,"2024-01-01 00:00:00+00"]', 'to');
insert into own values (1, '[-0,NaN)', $$["a,b","c\"d\\")$$), (2, '(,Infinity]', '["",)'), (3, 'empty', '(,)');
