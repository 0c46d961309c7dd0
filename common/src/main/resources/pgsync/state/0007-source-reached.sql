-- Bytes of log that the source had when the run read its horizon. What a later snapshot of the run does not see, has stamps from the
-- horizon on only if its server has come as far; null where the source does not tell.
alter table pgsync.run add column source_reached bigint;
