-- Where the source's log was when a run last took the table: timeline/lsn. A source that is behind that, or on a newer timeline, may
-- lack what the target has from it.
alter table pgsync.table_state add column source_position text;
