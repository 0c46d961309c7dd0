create table t (k text collate pg_c_utf8, n int, v text collate pg_c_utf8, primary key (k, n)); insert into t select chr(60 + i) || 'é', i, 'Straße ' || i from generate_series(1, 100) i;
