-- What a person should know of a run and what it left out, in the order in which it was found: whoever asked a cluster for the run
-- reads it here. Each entry has message, kind and, where there is one, schema, table and remedy.
alter table pgsync.run add column notes jsonb not null default '[]';
