alter database ${database} set datestyle = 'SQL, DMY';
alter database ${database} set intervalstyle = 'sql_standard';
alter database ${database} set timezone = 'Australia/Lord_Howe';
alter database ${database} set extra_float_digits = -15;
alter database ${database} set bytea_output = 'escape';
alter database ${database} set xmloption = 'document';
alter database ${database} set search_path = '';
alter database ${database} set array_nulls = off;
alter database ${database} set default_transaction_isolation = 'serializable';
alter database ${database} set statement_timeout = '20s';
alter database ${database} set synchronize_seqscans = on;
insert into public.t values (1, '2024-02-01', '2024-04-07 01:45:00+11', '-1 mon 2 days -03:00', 0.1, '\x00ff5c', 1.5::numeric::money, null, array[null]::text[]),
  (2, '2001-02-03', 'infinity', '1 year -1 day', 1e-7, '\x', '-1'::money, 'content <a/>', '{"NULL"}');
alter database ${database} set quote_all_identifiers = on;
