create unique index t_a on t (a); update pg_index set indisvalid = false, indisready = false where indexrelid = 't_a'::regclass;
