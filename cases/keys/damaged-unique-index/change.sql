update pg_index set indisunique = false, indisprimary = false where indexrelid = 'later_pkey'::regclass;
insert into later values (3, 'two', now());
update pg_index set indisunique = true, indisprimary = true where indexrelid = 'later_pkey'::regclass;
update fine set v = 'two';
