-- In a schema where nobody looks for tables.
create table information_schema.t_high (id int not null, v text);
create extension postgres_fdw;
do $$ begin execute format('create server here foreign data wrapper postgres_fdw options (host %L, port %L, dbname %L)',
    '127.0.0.1', current_setting('port'), current_database()); end $$;
create user mapping for current_user server here options (user 'postgres');
create foreign table t_high partition of t for values from (10) to (20) server here options (schema_name 'information_schema', table_name 't_high');
