alter database ${database} set default_text_search_config = 'pg_catalog.english';
insert into t values (1, 'run'), (2, 'running');
