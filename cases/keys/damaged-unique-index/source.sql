insert into t select i, 'one' from generate_series(1, 5) i;
insert into plain select i, 'one' from generate_series(1, 5) i;
insert into later select i, 'one' from generate_series(1, 5) i;
insert into fine values (1, 'one');
update pg_index set indisunique = false, indisprimary = false where indexrelid in ('t_pkey'::regclass, 'plain_pkey'::regclass, 'later_pkey'::regclass);
insert into t values (3, 'two');
insert into plain values (3, 'two');
update pg_index set indisunique = true, indisprimary = true where indexrelid in ('t_pkey'::regclass, 'plain_pkey'::regclass, 'later_pkey'::regclass);
