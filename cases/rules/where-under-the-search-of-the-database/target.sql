alter database ${database} set default_text_search_config = 'pg_catalog.simple';
