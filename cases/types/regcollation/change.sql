update t set v = 'pg_catalog."C"' where id = 2;
